import {
  fromColumns,
  IdsOnTheWay,
  inRanges,
  newId,
  readContent,
  type BatchInColumns,
  type BatchResult,
  type Changes,
  type Command,
  type CommandBatch,
  type CommandResult,
  type DraftView,
  type FamilyBundle,
  type FamilyView,
  type Me,
} from '@tilts/domain';
import { CallProblem } from '../../platform/exchange';
import type { Reply, Transport } from '../transport';

/** A mediator on a phone. */
export function aMediator(): Me {
  return {
    id: newId(),
    role: 'mediator',
    language: 'lv',
    name: 'Ilze B.',
    email: 'ilze@tilts.test',
    institution: null,
    controller: 'Fonds',
    secondFactor: 'none',
    mustSetSecondFactor: false,
    passwordResetAt: null,
    workPlaces: [],
  };
}

export function aBundle(stated: Partial<FamilyView> = {}, stamp = '1'): FamilyBundle {
  const family: FamilyView = {
    id: newId(),
    municipalityId: newId(),
    code: 'JEL-0001',
    name: 'Bērziņu ģimene',
    phone: null,
    address: null,
    language: 'latvian',
    arrangement: null,
    status: 'active',
    closeReason: null,
    openedOn: '2026-01-05',
    closedOn: null,
    lastContactOn: null,
    version: 1,
    ...stated,
  };
  const none = { persons: [], consents: [], outcomes: [], visits: [], referrals: [], messages: [] };
  return { stamp, since: '2025-11-22', family, ...none, hasOlderVisits: false, hasOlderReferrals: false };
}

/** What may happen to a request on its way. */
export type Fate = 'arrives' | 'lost' | 'answerLost';

/**
 * The office at the other end of the line, which is not ours here: it keeps receipts by number, answers a replay as the first time, and
 * tells which families differ. What it applied is in `applied`, in its order.
 */
export class TestOffice {
  generation = newId();
  families: FamilyBundle[] = [];
  drafts: DraftView[] = [];
  /** Its own clock, whatever phones believe. */
  date = 'Mon, 23 Nov 2026 10:00:00 GMT';
  readonly applied: Command[] = [];
  /** Visits that came past the outbox: their phone could not write them down. */
  readonly direct: { id: string }[] = [];
  readonly asked: string[] = [];
  readonly batches: CommandBatch[] = [];
  refusesDrafts = false;
  readonly #books = new Map<string, Map<number, { id: string; result: CommandResult }>>();
  #device = '';
  /** The highest number that a device said it had given. */
  numbered = 0;
  refuses: (command: Command) => Partial<CommandResult> | null = () => null;
  /** Of the next requests; then all arrive. */
  fates: Fate[] = [];
  isReachable = true;
  whole = true;
  #cursor = 0;

  readonly transport: Transport = async ({ method, address, body }) => {
    const [path = '', query = ''] = address.split('?');
    this.asked.push(`${method} ${path}`);
    await Promise.resolve();
    const fate = this.fates.shift() ?? 'arrives';
    if (!this.isReachable || fate === 'lost') throw new CallProblem('OFFLINE', 0);
    const text = typeof body === 'string' || body === null ? body : await body.text();
    const lines = text ? text.split('\n').map((line): unknown => JSON.parse(line)) : [null];
    const answer = this.#answer(method, path, new URLSearchParams(query), lines);
    if (fate === 'answerLost') throw new CallProblem('OFFLINE', 0);
    return { ...answer, date: this.date };
  };

  /** Of the device that spoke last. */
  get receipts(): Map<number, { id: string; result: CommandResult }> {
    const book = this.#books.get(this.#device) ?? new Map<number, { id: string; result: CommandResult }>();
    this.#books.set(this.#device, book);
    return book;
  }

  get standing(): Pick<Changes, 'generation' | 'receivedUpTo' | 'receivedAbove'> {
    const has = [...this.receipts.keys()].sort((a, b) => a - b);
    let receivedUpTo = 0;
    while (has.includes(receivedUpTo + 1)) receivedUpTo += 1;
    const above = has.filter((seq) => seq > receivedUpTo).map((seq) => ({ from: seq, to: seq }));
    return { generation: this.generation, receivedUpTo, receivedAbove: above };
  }

  #answer(method: string, path: string, query: URLSearchParams, lines: readonly unknown[]): Reply {
    const [body] = lines;
    this.#device = query.get('deviceId') ?? (body as Partial<BatchInColumns> | null)?.deviceId ?? this.#device;
    const json = (value: unknown, status = 200): Reply => ({ status, text: JSON.stringify(value) });
    const [, id = ''] = /^\/api\/drafts\/(.+)$/.exec(path) ?? [];
    switch (id ? `${method} /drafts/{id}` : `${method} ${path.replace('/api', '')}`) {
      case 'POST /sync/commands':
        return json(inRanges(this.#take(batchOf(lines as BatchInColumns[]))));
      case 'POST /visits':
        this.direct.push(body as { id: string });
        return json(body, 201);
      case 'GET /sync/changes':
        return json(this.#changes());
      case 'GET /sync/families':
        return json({ bundles: this.families.filter(({ family }) => query.getAll('ids').includes(family.id)) });
      case 'GET /drafts':
        return json({ items: this.drafts, next: null });
      case 'PUT /drafts/{id}':
        if (this.refusesDrafts) return json({ code: 'NOT_FOUND', fields: [], params: {} }, 404);
        this.drafts = [
          ...this.drafts.filter((draft) => draft.id !== id),
          { ...(body as DraftView), id, savedAt: '2026-11-23T10:00:00.000Z' },
        ];
        return json(this.drafts.at(-1));
      case 'DELETE /drafts/{id}':
        this.drafts = this.drafts.filter((draft) => draft.id !== id);
        return { status: 204, text: '' };
      default:
        return json({ items: [], next: null });
    }
  }

  #take(batch: CommandBatch): BatchResult {
    const { commands, numbered, generation } = batch;
    this.batches.push(batch);
    this.numbered = Math.max(this.numbered, numbered);
    if (generation && generation !== this.generation) {
      const results = commands.map(({ id, seq }): CommandResult => ({ ...blank, id, seq, outcome: 'notNow' }));
      return { ...this.standing, results };
    }
    const results = commands.map((command) => this.#receipt(command));
    return { ...this.standing, results };
  }

  #receipt(command: Command): CommandResult {
    const { id, seq } = command;
    const known = this.receipts.get(seq);
    if (known && known.id !== id) return { ...blank, id, seq, outcome: 'refused', code: 'ID_TAKEN' };
    if (known)
      return known.result.outcome === 'applied' ? { ...known.result, outcome: 'alreadyApplied' } : known.result;
    const refused = this.refuses(command);
    const result: CommandResult = { ...blank, id, seq, ...(refused ?? { output: JSON.stringify(outputOf(command)) }) };
    if (result.outcome === 'notNow') return result;
    this.receipts.set(seq, { id, result });
    if (result.outcome === 'applied') this.applied.push(command);
    return result;
  }

  #changes(): Changes {
    this.#cursor += 1;
    return {
      ...this.standing,
      cursor: `c${this.#cursor}`,
      whole: this.whole,
      families: this.families.map(({ family, stamp }) => ({ of: family.id, stamp })),
      reference: [{ of: 'codeLists', stamp: '1' }],
    };
  }
}

const blank: Omit<CommandResult, 'id' | 'seq'> = {
  outcome: 'applied',
  code: null,
  params: null,
  fields: [],
  version: null,
  clashes: [],
  output: null,
};

/** What the office made of it, marked so that a test can tell whose words they are. */
function outputOf(command: Command): unknown {
  return { ...readContent(command).input, saidBy: 'office' };
}

function batchOf(lines: readonly BatchInColumns[]): CommandBatch {
  const ids = new IdsOnTheWay();
  const batches = lines.map((line) => fromColumns(line, ids));
  return { ...(batches[0] as CommandBatch), commands: batches.flatMap(({ commands }) => commands) };
}
