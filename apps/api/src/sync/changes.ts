import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { referenceParts, type Changes, type ChangesAsked, type ReferencePart, type Stamp } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { Devices } from './devices.js';

/** What a phone knew when it asked before: of which database, up to which transaction, and whose families. */
interface Cursor {
  generation: string;
  /** Every transaction below this one was over, and all that it did was seen. */
  finished: bigint;
  reach: string;
}

/** Read before anything else: what is committed meanwhile is told once more the next time. */
const finished = 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS finished';

const stamps = `
  SELECT f.id, coalesce(s.changed_in, 0)::text AS "changedIn" FROM family f
  JOIN family_salt k ON k.municipality_id = f.municipality_id AND k.family_id = f.id
  LEFT JOIN family_stamp s ON s.municipality_id = f.municipality_id AND s.family_id = f.id`;

/** A mark of every row that the part is read from: a row that was changed has another xmin. */
const marksOf = (table: string): string =>
  `(SELECT string_agg(t.id::text || t.xmin::text, ',' ORDER BY t.id) FROM ${table} t)`;
const sources: Record<ReferencePart, string[]> = {
  directory: [
    marksOf('institution'),
    marksOf('service'),
    `(SELECT string_agg(t.day::text || t.xmin::text, ',' ORDER BY t.day) FROM working_day_exception t)`,
    // Whether anybody there uses Tilts.
    `(SELECT string_agg(DISTINCT t.institution_id::text, ',') FROM account t WHERE t.joined_at IS NOT NULL AND t.ended_at IS NULL)`,
  ],
  codeLists: [`(SELECT string_agg(t.list || t.code || t.xmin::text, ',' ORDER BY t.list, t.code) FROM code_wording t)`],
  municipalities: [
    marksOf('municipality'),
    `(SELECT string_agg(t.municipality_id::text || t.xmin::text, ',' ORDER BY t.municipality_id, t.xmin::text) FROM municipality_period t)`,
  ],
  projects: [marksOf('project'), marksOf('assignment')],
  notices: [
    `(SELECT concat_ws('|', count(*), count(t.read_at), max(t.at), max(t.read_at)) FROM notice t WHERE t.account_id = (SELECT caller()))`,
  ],
  // $1: by which key rescue files are made now.
  rescue: ['$1::text', marksOf('rescued_work')],
};
const referenceStamps = `SELECT ${referenceParts.values
  .map((part: ReferencePart) => `md5(concat_ws('#', ${sources[part].join(', ')})) AS "${part}"`)
  .join(', ')}`;

/** Tells a phone what differs from what it holds: of families those that changed since it asked before, or all when it cannot be said. */
@Injectable()
export class ChangesSince {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly devices: Devices,
    private readonly seals: Seals,
  ) {}

  async ask({ deviceId, since }: ChangesAsked): Promise<Changes> {
    const standing = await this.devices.standing(deviceId);
    const [now] = await this.transaction.query<{ finished: string }>(finished);
    const families = await this.transaction.query<{ id: string; changedIn: string }>(stamps);
    const cursor: Cursor = {
      generation: standing.generation,
      finished: BigInt(now?.finished ?? 0),
      reach: digestOf(families.map(({ id }) => id)),
    };
    const before = since ? read(since) : undefined;
    const whole = !before || !continues(before, cursor);
    const changed = whole ? families : families.filter(({ changedIn }) => BigInt(changedIn) >= before.finished);
    return {
      ...standing,
      cursor: written(cursor),
      whole,
      families: changed.map(({ id, changedIn }) => ({ of: id, stamp: stampOf(standing.generation, changedIn) })),
      reference: await this.reference(),
    };
  }

  /** The stamps of these families, for bundles: read before their rows, so that a stamp is never newer than they are. */
  async stampsOf(familyIds: readonly string[]): Promise<Map<string, string>> {
    const { generation } = await this.devices.office();
    const rows = await this.transaction.query<{ id: string; changedIn: string }>(`${stamps} WHERE f.id = ANY ($1)`, [
      familyIds,
    ]);
    return new Map(rows.map(({ id, changedIn }) => [id, stampOf(generation, changedIn)]));
  }

  private async reference(): Promise<Stamp[]> {
    const [row] = await this.transaction.query<Record<ReferencePart, string>>(referenceStamps, [
      String(this.seals.current),
    ]);
    return referenceParts.values.map((part: ReferencePart) => ({ of: part, stamp: row?.[part] ?? '' }));
  }
}

/** Numbers of transactions begin anew in another database. */
function stampOf(generation: string, changedIn: string): string {
  return `${generation.slice(0, 8)}.${changedIn}`;
}

function continues(before: Cursor, now: Cursor): boolean {
  return (
    before.generation === now.generation &&
    before.reach === now.reach &&
    // Also when somebody moved the database by other means than a restore.
    before.finished <= now.finished
  );
}

function digestOf(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join())
    .digest('base64url')
    .slice(0, 22);
}

function written({ generation, finished: upTo, reach }: Cursor): string {
  return Buffer.from([generation, upTo, reach].join(' ')).toString('base64url');
}

/** Undefined: it is none of ours, or of an older kind. */
function read(text: string): Cursor | undefined {
  const [, generation, upTo, reach] =
    /^([0-9a-f-]{36}) (\d{1,19}) ([\w-]{22})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return generation && upTo && reach ? { generation, finished: BigInt(upTo), reach } : undefined;
}
