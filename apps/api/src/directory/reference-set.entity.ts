import { Entity } from 'typeorm';
import { InstantColumn, TextColumn } from '../database/columns.js';

/** A part of the reference data that was written to this installation: once, so that what its coordinator changes or takes away stays so. */
@Entity()
export class ReferenceSet {
  @TextColumn({ primary: true })
  name: string;

  @InstantColumn()
  writtenAt: string;
}
