import { FirstTables1795392000000 } from './1795392000000-first-tables.js';
import { Accounts1795600000000 } from './1795600000000-accounts.js';
import { Registry1795600100000 } from './1795600100000-registry.js';
import { SecondFactor1795600200000 } from './1795600200000-second-factor.js';
import { Imports1795600300000 } from './1795600300000-imports.js';
import { Russian1795600600000 } from './1795600600000-russian.js';
import { ReachSheets1795600700000 } from './1795600700000-reach-sheets.js';
import { Sync1795600800000 } from './1795600800000-sync.js';
import { RescueFiles1795600900000 } from './1795600900000-rescue-files.js';

/** Every migration, oldest first. A migration that was released is never edited. */
export const migrations = [
  FirstTables1795392000000,
  Accounts1795600000000,
  Registry1795600100000,
  SecondFactor1795600200000,
  Imports1795600300000,
  Russian1795600600000,
  ReachSheets1795600700000,
  Sync1795600800000,
  RescueFiles1795600900000,
];
