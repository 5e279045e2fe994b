import {
  dayOf,
  referenceKey,
  referenceReads,
  syncEndpoints,
  type Changes,
  type Day,
  type DeviceStanding,
  type Page,
  type ReferencePart,
  type ReferenceRead,
  type Stamp,
} from '@tilts/domain';
import type { CallArguments } from '../platform/exchange';
import type { Fetched, HeldFamily, KeptEntry, Outbox, ReferenceStamps } from './kept';
import type { LocalStore } from './local-store';
import type { Office } from './office';

const atOnce = 20;

/** What is here, by its stamps. */
export interface Held {
  families: ReadonlyMap<string, HeldFamily>;
  reference: Readonly<Record<string, unknown>>;
  referenceStamps: ReferenceStamps;
  complete: boolean;
}

export interface PullerEnds {
  held(): Held;
  outbox(): Outbox;
  /** What the office said of this device, and what it had said before; what is held may be stamped anew after it. */
  heard(changes: Changes, knew: DeviceStanding | null): Promise<{ restored: boolean }>;
  /** A step is on the disk. */
  fetched(step: Fetched, outbox: Outbox | undefined): void;
  progress(of: { have: number; of: number } | null): void;
}

/** Fetches what differs from what is here. Each part stays, so that a download that was cut off goes on where it was. */
export class Puller {
  constructor(
    private readonly store: LocalStore,
    private readonly office: Pick<Office, 'call' | 'changes'>,
    private readonly device: string,
    private readonly ends: PullerEnds,
    private readonly now: () => Date = () => new Date(),
  ) {}

  async run(): Promise<void> {
    // What was at the office before it was asked is in what it answers.
    const there = new Set(
      this.ends
        .outbox()
        .entries.filter(({ state, shown }) => state === 'settled' && !shown)
        .map(({ command }) => command.id),
    );
    const { cursor, said } = this.ends.outbox().office;
    // Until everything was here once, nothing can be told by what has changed.
    let changes = await this.#ask(this.ends.held().complete ? cursor : null);
    if ((await this.ends.heard(changes, said)).restored && !changes.whole) changes = await this.#ask(null);
    await this.#readReference(changes.reference);
    await this.#fetchFamilies(changes, there);
  }

  #ask(since: string | null): Promise<Changes> {
    return this.office.changes({ deviceId: this.device, since });
  }

  async #fetchFamilies(changes: Changes, there: ReadonlySet<string>): Promise<void> {
    const { families, complete } = this.ends.held();
    const wanted = changes.families.filter(({ of, stamp }) => families.get(of)?.stamp !== stamp).map(({ of }) => of);
    const named = new Set(changes.families.map(({ of }) => of));
    // Out of reach: those families leave. What was done for them here and is not at the office stays.
    const left = changes.whole ? [...families.keys()].filter((id) => !named.has(id)) : [];
    const showsProgress = !complete || wanted.length > atOnce;
    const all = showsProgress ? named.size : 0;
    try {
      let at = 0;
      do {
        if (all > 0) this.ends.progress({ have: all - wanted.length + at, of: all });
        const ids = wanted.slice(at, at + atOnce);
        at += ids.length;
        const fetched = await this.#bundles(ids);
        const last = at >= wanted.length;
        await this.#keep({
          ...fetched,
          ...(last && {
            gone: [...(fetched.gone ?? []), ...left],
            cursor: changes.cursor,
            ...(changes.whole && { complete: true }),
            ...(there.size > 0 && { entries: (entries: readonly KeptEntry[]) => shownNow(entries, there) }),
          }),
        });
      } while (at < wanted.length);
    } finally {
      this.ends.progress(null);
    }
  }

  async #bundles(ids: string[]): Promise<Fetched> {
    if (ids.length === 0) return {};
    const { bundles } = await this.office.call(syncEndpoints.families, { input: { ids } });
    const came = new Set(bundles.map(({ family }) => family.id));
    return {
      families: bundles.map((bundle) => ({ stamp: bundle.stamp, bundle })),
      gone: ids.filter((id) => !came.has(id)),
    };
  }

  /** A part is read again when its stamp is another one, and when it is asked about a year that is not here. */
  async #readReference(stamps: readonly Stamp[]): Promise<void> {
    const today: Day = dayOf(this.now());
    for (const { of, stamp } of stamps) {
      const { reference, referenceStamps } = this.ends.held();
      const part = of as ReferencePart;
      const reads = referenceReads(part, today) ?? [];
      const isHere = reads.every(({ endpoint, given }) => referenceKey(endpoint, given) in reference);
      if (isHere && referenceStamps[part] === stamp) continue;
      const answers: Record<string, unknown> = {};
      for (const read of reads) answers[referenceKey(read.endpoint, read.given)] = await this.#answer(read);
      await this.#keep({ reference: answers, referenceStamps: { [part]: stamp } });
    }
  }

  async #answer({ endpoint, given, whole }: ReferenceRead): Promise<unknown> {
    const items: unknown[] = [];
    for (let after: string | null = null; ;) {
      const input = after ? { ...given.input, after } : given.input;
      const answer: unknown = await this.office.call(endpoint, { ...given, input } as CallArguments<typeof endpoint>);
      const page = answer as Page<unknown>;
      if (!whole) return answer;
      items.push(...page.items);
      if (!page.next) return { items, next: null };
      after = page.next;
    }
  }

  async #keep(step: Fetched): Promise<void> {
    this.ends.fetched(step, await this.store.fetched(step));
  }
}

/** From now on the copy itself tells what these did. */
function shownNow(entries: readonly KeptEntry[], there: ReadonlySet<string>): KeptEntry[] {
  return entries.map((entry) =>
    entry.state === 'settled' && !entry.shown && there.has(entry.command.id) ? { ...entry, shown: true } : entry,
  );
}
