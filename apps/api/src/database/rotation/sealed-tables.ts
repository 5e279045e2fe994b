import { EVERYWHERE } from '../seals.js';

/** How the seals of one table are found and opened: without it a row could not be sealed anew with another key. */
export interface SealedTable {
  readonly table: string;
  /** The column that names the row in its seal (`Place.id`). With the municipality, when there is one, the primary key. */
  readonly id: string;
  /** Whether rows belong to a municipality, or to none. */
  readonly tenant: 'municipality_id' | typeof EVERYWHERE;
  /** Joins the salt as `s.salt` to the row `t`; a row whose salt is gone was erased, and stays as it is. */
  readonly salt: string;
}

const family = (column = 'family_id'): Pick<SealedTable, 'tenant' | 'salt'> => ({
  tenant: 'municipality_id',
  salt: `family_salt s ON s.municipality_id = t.municipality_id AND s.family_id = t.${column}`,
});

const account = (column = 'account_id'): Pick<SealedTable, 'tenant' | 'salt'> => ({
  tenant: EVERYWHERE,
  salt: `account s ON s.id = t.${column}`,
});

/**
 * Every table with a column `sealed`. sealed-tables.spec.ts compares this list with the database: a new sealed table needs a line here,
 * or it would keep its old keys for ever.
 */
export const sealedTables: readonly SealedTable[] = [
  { table: 'account', id: 'id', ...account('id') },
  { table: 'second_factor', id: 'id', ...account() },
  { table: 'draft', id: 'id', ...account() },
  { table: 'family_import_part', id: 'id', ...account() },
  { table: 'receipt', id: 'id', ...account() },
  { table: 'rescued_work', id: 'id', ...account() },
  { table: 'family', id: 'id', ...family('id') },
  { table: 'person', id: 'id', ...family() },
  { table: 'visit', id: 'id', ...family() },
  { table: 'referral_snapshot', id: 'referral_id', ...family() },
  { table: 'referral_reference', id: 'referral_id', ...family() },
  { table: 'referral_event', id: 'id', ...family() },
  { table: 'referral_message', id: 'id', ...family() },
];
