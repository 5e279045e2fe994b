import { Client } from 'pg';
import type { SealingKeys } from '../platform/sealing-keys.js';
import { Seals } from './seals.js';

/** A start is refused: what is sealed in this database cannot be read with the keys at hand. */
export class KeysDoNotMatch extends Error {
  constructor(reason: string) {
    super(
      `${reason}. Names and notes in this database can only be read with the keys that they were written with. ` +
        'Point KEYS_DIR to the folder that belongs to this database, or restore it from its backup.',
    );
    this.name = new.target.name;
  }
}

export class KeysMissing extends KeysDoNotMatch {}

/** Whether the database was used with keys before: then none may be made anew. False also for an empty database. */
export async function keysExpected(ownerUrl: string): Promise<boolean> {
  return withOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ exists: boolean }>(
      `SELECT to_regclass('public.key_check') IS NOT NULL AS exists`,
    );
    return rows[0]?.exists === true && (await hasRows(owner));
  });
}

/** Recognises the sealing keys, or on the very first start remembers them. A key that was added later is remembered too. */
export async function recogniseKeys(ownerUrl: string, sealing: SealingKeys): Promise<void> {
  const seals = new Seals(sealing);
  await withOwner(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: number; value: Buffer }>('SELECT id, value FROM key_check');
    const known = new Map(rows.map(({ id, value }) => [id, value]));
    if (known.size === 0 && (await hasRows(owner)))
      throw new KeysMissing('The database holds sealed rows but knows no keys');
    for (const [id, value] of known) {
      if (!sealing.keys.has(id)) throw new KeysMissing(`Sealing key ${id} is missing`);
      if (!seals.checkValue(id).equals(value))
        throw new KeysDoNotMatch(`Sealing key ${id} belongs to another database`);
    }
    for (const id of sealing.keys.keys()) {
      if (!known.has(id))
        await owner.query('INSERT INTO key_check (id, value) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          id,
          seals.checkValue(id),
        ]);
    }
  });
}

/** Accounts come before everything else that is sealed. */
async function hasRows(owner: Client): Promise<boolean> {
  const { rows } = await owner.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT FROM key_check) OR EXISTS (SELECT FROM account) AS found',
  );
  return rows[0]?.found === true;
}

async function withOwner<T>(ownerUrl: string, action: (owner: Client) => Promise<T>): Promise<T> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await action(owner);
  } finally {
    await owner.end();
  }
}
