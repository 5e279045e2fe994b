import {
  dayOf,
  overlay,
  recordsOf,
  unsettled,
  type Command,
  type DraftView,
  type HeldCopy,
  type Me,
} from '@tilts/domain';
import type { Fetched, HeldFamily, Kept, KeptEntry, ReferenceStamps } from './kept';
import type { Held } from './puller';
import { withRecords } from './records-in';

/** What the store holds, as this page has read it; what is shown is it with the commands laid over it. */
export class Copy implements Held {
  families: ReadonlyMap<string, HeldFamily> = new Map();
  reference: Readonly<Record<string, unknown>> = {};
  referenceStamps: ReferenceStamps = {};
  complete = false;
  #base: { of: readonly unknown[]; copy: HeldCopy } | null = null;
  readonly #said = new Map<string, { id: string }>();
  #seen: { base: HeldCopy; entries: readonly KeptEntry[]; copy: HeldCopy } | null = null;

  take(kept: Kept): void {
    this.families = kept.families;
    this.reference = kept.reference;
    this.referenceStamps = kept.referenceStamps;
    this.complete = kept.complete;
  }

  /** A step that is on the disk. Answers whether anything of it can be seen. */
  add(step: Fetched): boolean {
    const families = new Map(this.families);
    for (const one of step.families ?? []) families.set(one.bundle.family.id, one);
    for (const id of step.gone ?? []) families.delete(id);
    if (step.families?.length || step.gone?.length) this.families = families;
    if (step.reference) this.reference = { ...this.reference, ...step.reference };
    if (step.referenceStamps) this.referenceStamps = { ...this.referenceStamps, ...step.referenceStamps };
    const becameComplete = step.complete === true && !this.complete;
    if (becameComplete) this.complete = true;
    return Boolean(step.families?.length || step.gone?.length || step.reference || becameComplete);
  }

  /** Everything is fetched anew; what is shown stays until then. */
  forgetStamps(): void {
    this.families = new Map([...this.families].map(([id, family]) => [id, { ...family, stamp: '' }]));
    this.referenceStamps = {};
  }

  /** What a page sees. The same object for as long as nothing of it has changed. */
  seen(entries: readonly KeptEntry[], drafts: readonly DraftView[], me: Me): HeldCopy {
    const base = this.#baseOf(drafts, me);
    if (this.#seen?.base !== base || this.#seen.entries !== entries) {
      const copy = withRecords(overlay(base, laidOver(entries)), this.#saidOf(entries));
      this.#seen = { base, entries, copy };
    }
    return this.#seen.copy;
  }

  /** What the office made of a command; until the copy tells it, it stands for what this phone had supposed. */
  hear(commandId: string, record: unknown): void {
    const { id } = (record ?? {}) as { id?: unknown };
    if (typeof id === 'string') this.#said.set(commandId, { ...(record as object), id });
  }

  #saidOf(entries: readonly KeptEntry[]): Map<string, object> {
    if (this.#said.size === 0) return new Map();
    const changedSince = new Set(unsettled(entries).flatMap(({ command }) => [...recordsOf(command)]));
    const records = new Map<string, object>();
    for (const { command, state, shown } of entries) {
      const record = this.#said.get(command.id);
      if (record && state === 'settled' && !shown && !changedSince.has(record.id)) records.set(record.id, record);
      else if (shown) this.#said.delete(command.id);
    }
    return records;
  }

  /** The same object for longer: what was laid over it then need not be laid anew. */
  #baseOf(drafts: readonly DraftView[], me: Me): HeldCopy {
    const now = new Date();
    const { complete, reference, families } = this;
    const of = [families, reference, complete, drafts, me, dayOf(now)];
    if (!this.#base?.of.every((part, i) => part === of[i])) {
      const bundles = [...families.values()].map(({ bundle }) => bundle);
      const copy = { complete, bundles, reference, me, drafts, today: dayOf(now), now: now.toISOString() };
      this.#base = { of, copy };
    }
    return this.#base.copy;
  }
}

/** What the copy does not tell yet: what is not at the office, and what came there after the copy was fetched. */
function laidOver(entries: readonly KeptEntry[]): Command[] {
  const onTheWay = new Set(unsettled(entries));
  return entries
    .filter((entry) => onTheWay.has(entry) || (entry.state === 'settled' && !entry.shown && !isEmpty(entry)))
    .sort((a, b) => a.place - b.place || a.command.seq - b.command.seq)
    .map(({ command }) => command);
}

/** The office has refused it, or its person threw it away: nothing of it is to be seen. */
function isEmpty({ thrownAway, result }: KeptEntry): boolean {
  return thrownAway === true || result?.outcome === 'refused' || result?.outcome === 'conflict';
}
