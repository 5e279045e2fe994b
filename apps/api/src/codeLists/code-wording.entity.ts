import { Entity } from 'typeorm';
import { DayColumn, TextColumn, VersionColumn } from '../database/columns.js';

/** How this installation calls a code of a list, and from when on its forms leave it out. Codes without a row are as Tilts says them. */
@Entity()
export class CodeWording {
  @TextColumn({ primary: true })
  list: string;

  @TextColumn({ primary: true })
  code: string;

  @TextColumn({ optional: true })
  lv: string | null;

  @TextColumn({ optional: true })
  en: string | null;

  @TextColumn({ optional: true })
  ru: string | null;

  @DayColumn({ optional: true })
  retiredOn: string | null;

  @VersionColumn()
  version: number;
}
