import { Entity } from 'typeorm';
import { BytesColumn, CountColumn } from './columns.js';

/** By which a start recognises its sealing keys, one row for each; tells nothing about the key itself. */
@Entity()
export class KeyCheck {
  /** The number of the key. */
  @CountColumn({ primary: true, min: 1 })
  id: number;

  @BytesColumn()
  value: Buffer;
}
