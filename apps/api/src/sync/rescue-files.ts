import { Injectable } from '@nestjs/common';
import {
  checkInput,
  commandSchema,
  dayOf,
  DomainError,
  newId,
  RescueContents,
  RescueEnvelope,
  rescueFileLimit,
  rescueFormat,
  type Class,
  type RescueLoaded,
  type RescueStanding,
  type RescueUpload,
} from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { hashOf } from './receipts.js';
import { RescueKeys } from './rescue-keys.js';
import { placeOf } from './rescued-works.js';

interface Thing {
  id: string;
  kind: 'command' | 'draft';
  madeAt: string;
  hash: Buffer;
  words: object;
}

const keep = 'SELECT at_office AS "atOffice", added FROM keep_rescued($1, $2, $3, $4, $5, $6, $7, $8)';
const standing =
  'SELECT things, drafts, from_at AS "from", to_at AS "to", loaded_at AS "loadedAt" FROM rescued_standing($1)';
/** A draft has no receipt. */
const NO_HASH = Buffer.alloc(0);

/** Takes in rescue files that a coordinator was given: opens and checks them, and keeps what is in them sealed for its own person. */
@Injectable()
export class RescueFiles {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly keys: RescueKeys,
  ) {}

  async load(accountId: string, { file }: RescueUpload): Promise<RescueLoaded> {
    const salt = await this.saltOf(accountId);
    const contents = await this.contentsOf(file);
    if (contents.accountId !== accountId) throw new DomainError('RESCUE_FILE_OF_ANOTHER');
    const things = thingsIn(contents);
    const ids = things.map(() => newId());
    const [kept] = await this.transaction.query<{ atOffice: number; added: number }>(keep, [
      accountId,
      contents.deviceId,
      ids,
      things.map(({ id }) => id),
      things.map(({ kind }) => kind),
      things.map(({ madeAt }) => madeAt),
      things.map(({ hash }) => hash),
      things.map(({ words }, i) => this.seals.seal(placeOf(ids[i] ?? ''), salt, words)),
    ]);
    const { madeAt, drafts } = contents;
    const { atOffice = 0, added = 0 } = kept ?? {};
    return { madeAt, things: contents.things.length, drafts: drafts.length, atOffice, added };
  }

  async standing(accountId: string): Promise<RescueStanding> {
    await this.saltOf(accountId);
    const [row] = await this.transaction.query<RescueStanding>(standing, [accountId]);
    if (!row) throw new Error('Counting gave no row');
    return { ...row, from: row.from && dayOf(row.from), to: row.to && dayOf(row.to) };
  }

  private async contentsOf(file: string): Promise<RescueContents> {
    const bytes = Buffer.from(file, 'base64');
    if (bytes.length > rescueFileLimit) throw new DomainError('TOO_LARGE');
    const { text, key } = await this.keys.open(bytes);
    const envelope = read(RescueEnvelope, text);
    const contents = read(RescueContents, envelope.contents);
    // Whoever knows the recipient can encrypt a file; only a phone of theirs can write in their name.
    if (!this.keys.hasWritten(contents.accountId, key, envelope.contents, envelope.proof))
      throw new DomainError('RESCUE_FILE_DAMAGED');
    return contents;
  }

  private async saltOf(accountId: string): Promise<Buffer> {
    const [account] = await this.transaction.query<{ salt: Buffer }>('SELECT salt FROM account WHERE id = $1', [
      accountId,
    ]);
    if (!account) throw new DomainError('NOT_FOUND');
    return account.salt;
  }
}

/** Of a newer Tilts nothing is taken: what is not understood would be lost. */
function read<T extends RescueEnvelope | RescueContents>(type: Class<T>, text: string): T {
  const written = parsed(text);
  if (typeof written.format === 'number' && written.format > rescueFormat) throw new DomainError('RESCUE_FILE_NEWER');
  const { value, problems } = checkInput(type, written);
  if (problems.length > 0) throw new DomainError('RESCUE_FILE_DAMAGED');
  return value;
}

function parsed(text: string): { format?: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // As what is no object.
  }
  throw new DomainError('RESCUE_FILE_DAMAGED');
}

/** Each once, in their order. */
function thingsIn({ things, drafts }: RescueContents): Thing[] {
  if (things.some(({ command }) => command.schema > commandSchema)) throw new DomainError('RESCUE_FILE_NEWER');
  const all = [
    ...things.map(({ command }): Thing => ({
      ...{ id: command.id, kind: 'command', madeAt: command.madeAt },
      ...{ hash: hashOf(command), words: command },
    })),
    ...drafts.map((draft): Thing => ({
      id: draft.id,
      kind: 'draft',
      madeAt: draft.savedAt,
      hash: NO_HASH,
      words: draft,
    })),
  ];
  const byId = new Map<string, Thing>();
  for (const thing of all) if (!byId.has(thing.id)) byId.set(thing.id, thing);
  return [...byId.values()];
}
