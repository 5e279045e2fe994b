import { computed, signal, type Provider } from '@angular/core';
import type { Command } from '@tilts/domain';
import { CallProblem } from '../../platform/exchange';
import { LocalCopy, type Whereabouts } from '../../platform/local-copy';
import { Phone, type PhoneTrouble, type Unsent } from '../phone';

/** Something unsent of one family, as stated. */
export function anUnsent(stated: Partial<Unsent> = {}): Unsent {
  return {
    id: `command-${stated.seq ?? 1}`,
    seq: 1,
    operation: 'POST /visits',
    state: 'waiting',
    madeAt: '2026-11-23T10:05:00Z',
    familyId: 'f',
    familyCode: 'JEL-0012',
    params: {},
    input: {},
    code: null,
    problemParams: {},
    fields: [],
    clashes: [],
    version: null,
    ...stated,
  };
}

/** A phone in memory, fed with entries: it does with them what pages may ask of a phone, and the office takes all when it is reached. */
export class PhoneOfEntries implements Pick<Phone, keyof Phone> {
  readonly #unsent = signal<readonly Unsent[]>([]);
  readonly on = signal(true);
  readonly changed = signal(0);
  readonly unsent = this.#unsent.asReadonly();
  readonly needsYou = computed(() => this.unsent().filter(({ state }) => state !== 'waiting').length);
  readonly allSent = computed(() => this.unsent().length === 0);
  readonly lastContact = signal<string | null>('2026-11-23T10:40:00Z');
  readonly online = signal(true);
  readonly sending = signal(false);
  readonly progress = signal<{ have: number; of: number } | null>(null);
  readonly cameBackWithLess = signal(false);
  readonly rescued = signal(0);
  readonly persisted = signal<boolean | null>(true);
  readonly space = signal<{ used: number; of: number } | null>(null);
  readonly trouble = signal<PhoneTrouble | null>(null);
  readonly places = new Map<string, Whereabouts>();
  readonly chosen: { id: string; choice: Readonly<Record<string, 'mine' | 'theirs'>> }[] = [];

  constructor(...unsent: readonly Unsent[]) {
    this.#unsent.set(unsent);
  }

  get providers(): Provider[] {
    return [
      { provide: Phone, useValue: this },
      { provide: LocalCopy, useValue: this },
    ];
  }

  answer(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
  officeChanged(): Promise<void> {
    return Promise.resolve();
  }
  where(recordId: string): Whereabouts | undefined {
    return this.places.get(recordId);
  }
  /** A record is somewhere else from now on. */
  put(recordId: string, where: Whereabouts): void {
    this.places.set(recordId, where);
    this.changed.update((n) => n + 1);
  }
  unsentCount(): Promise<number> {
    return Promise.resolve(this.unsent().length);
  }
  sendAgain(id: string, input?: object): Promise<void> {
    this.#unsent.update((all) =>
      all.map((one) => (one.id === id ? { ...one, input: { ...one.input, ...input }, state: 'waiting' } : one)),
    );
    return Promise.resolve();
  }
  resolve(id: string, choice: Readonly<Record<string, 'mine' | 'theirs'>>): Promise<void> {
    this.chosen.push({ id, choice });
    return this.sendAgain(id);
  }
  /** Of the same family, what is held cannot be without what it waits for. */
  lostWith(id: string): Unsent[] {
    const one = this.unsent().find((other) => other.id === id);
    if (one?.state !== 'refused' && one?.state !== 'held') return [];
    const held = this.unsent().filter((other) => other.state === 'held' && other.familyId === one.familyId);
    return one.state === 'held' ? [one] : [one, ...held];
  }
  throwAway(id: string): Promise<void> {
    const lost = this.lostWith(id);
    this.#unsent.update((all) => all.filter((one) => !lost.includes(one)));
    return Promise.resolve();
  }
  sendNow(): Promise<void> {
    if (!this.online()) return Promise.reject(new CallProblem('OFFLINE', 0));
    this.#unsent.update((all) => all.filter(({ state }) => state !== 'waiting'));
    return Promise.resolve();
  }
  commands(): readonly Command[] {
    return [];
  }
  lessWasSeen(): void {
    this.cameBackWithLess.set(false);
  }
  rescuedWasSeen(): void {
    this.rescued.set(0);
  }
}
