import { Entity } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, ReferenceColumn, RefersTo, TextColumn } from '../database/columns.js';
import { Account } from './account.entity.js';

/** This Tilts itself, one row: who answers for its data, and whether it was set up. */
@Entity()
export class Installation {
  @CountColumn({ primary: true, min: 1, max: 1 })
  id: number;

  /** The data controller; CONTROLLER_NAME, when it is given, outranks it. */
  @TextColumn({ optional: true })
  controllerName: string | null;

  /** When the set-up was finished or put aside. */
  @InstantColumn({ optional: true })
  setUpAt: string | null;

  /** Made anew by a restore, so that a device can tell that it speaks to older data than it knows. */
  @ReferenceColumn()
  generation: string;
}

/** From when on the data controller was called so; a notice that was read aloud named the one of its day. */
@Entity()
@RefersTo(() => Account, 'namedBy')
export class ControllerNaming {
  @IdColumn()
  id: string;

  @TextColumn()
  name: string;

  @InstantColumn()
  since: string;

  /** Null: the surroundings named it (CONTROLLER_NAME), or the first coordinator. */
  @ReferenceColumn({ optional: true })
  namedBy: string | null;
}
