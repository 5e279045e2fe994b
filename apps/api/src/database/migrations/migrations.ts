import { FirstTables1795392000000 } from './1795392000000-first-tables.js';

/** Every migration, oldest first. A migration that was released is never edited. */
export const migrations = [FirstTables1795392000000];
