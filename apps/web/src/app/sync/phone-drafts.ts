import { draftEndpoints, operationOf, type DraftDetails, type DraftView } from '@tilts/domain';
import { CallProblem, type AnyEndpoint } from '../platform/exchange';
import type { Given } from '../platform/local-copy';
import type { HeldDraft } from './kept';
import type { LocalStore } from './local-store';
import type { Office } from './office';
import { oneAtATime } from './one-at-a-time';

/** A person who goes through several forms asks the office once in this time. */
const freshFor = 10_000;
const waitsAtMost = 2_500;

/**
 * What is typed and not finished: kept on this phone first, so that no word waits for a network, and brought to the office as soon as there
 * is one, so that it can be finished on another device. The latest text wins.
 */
export class PhoneDrafts {
  #held: readonly HeldDraft[] = [];
  #askedAt = -Infinity;

  constructor(
    private readonly store: LocalStore,
    private readonly office: Pick<Office, 'call'>,
    private readonly changed: (drafts: readonly DraftView[]) => void,
    private readonly canReach: () => boolean,
  ) {}

  get views(): readonly DraftView[] {
    return viewsOf(this.#held);
  }

  /** As the store has them, at the start and after another tab wrote. */
  take(held: readonly HeldDraft[]): void {
    const before = JSON.stringify(this.views);
    this.#held = held;
    if (before !== JSON.stringify(this.views)) this.changed(this.views);
  }

  isAbout(endpoint: AnyEndpoint): boolean {
    return (endpoint.path as string).startsWith('/drafts');
  }

  async answer(endpoint: AnyEndpoint, { input, params }: Given): Promise<{ output: unknown } | undefined> {
    const id = params?.['id'] ?? '';
    switch (operationOf(endpoint)) {
      case operationOf(draftEndpoints.list):
        await this.#askSometimes();
        return { output: { items: this.views, next: null } };
      case operationOf(draftEndpoints.read): {
        const found = this.views.find((draft) => draft.id === id);
        return found && { output: found };
      }
      case operationOf(draftEndpoints.save):
        return { output: await this.#save(id, input as DraftDetails) };
      case operationOf(draftEndpoints.discard):
        await this.#discard(id);
        return { output: undefined };
      default:
        return undefined;
    }
  }

  /** Brings to the office what it does not know yet, one after the other. What it refuses stays here, and is not sent again as it is. */
  readonly mirror = oneAtATime(() => this.#mirror());

  async #mirror(): Promise<void> {
    for (const one of this.#held.filter(({ unsent }) => unsent === 'kept' || unsent === 'discarded')) {
      const { id, kind, familyId, content } = one.draft;
      let after: 'refused' | null = null;
      try {
        if (one.unsent === 'discarded') await this.office.call(draftEndpoints.discard, { params: { id } });
        else await this.office.call(draftEndpoints.save, { params: { id }, input: { kind, familyId, content } });
      } catch (problem) {
        if (!(problem instanceof CallProblem) || !isRefusal(problem)) throw problem;
        after = 'refused';
      }
      await this.#change((drafts) =>
        drafts.flatMap((now) => {
          const isSame = now.draft.id === id && now.unsent === one.unsent && now.draft.content === content;
          if (!isSame) return [now];
          return one.unsent === 'discarded' ? [] : [{ ...now, unsent: after }];
        }),
      );
    }
  }

  async #save(id: string, input: DraftDetails): Promise<DraftView> {
    const draft: DraftView = { ...input, familyId: input.familyId ?? null, id, savedAt: new Date().toISOString() };
    await this.#change((drafts) => [...drafts.filter((one) => one.draft.id !== id), { draft, unsent: 'kept' }]);
    void this.mirror().catch(() => undefined);
    return draft;
  }

  async #discard(id: string): Promise<void> {
    await this.#change((drafts) => {
      // Perhaps only the office knows it.
      const known = drafts.find(({ draft }) => draft.id === id)?.draft ?? { ...blank, id };
      return [...drafts.filter(({ draft }) => draft.id !== id), { draft: known, unsent: 'discarded' }];
    });
    void this.mirror().catch(() => undefined);
  }

  async #askSometimes(): Promise<void> {
    if (!this.canReach() || performance.now() - this.#askedAt < freshFor) return;
    this.#askedAt = performance.now();
    const asking = this.#ask().catch(() => (this.#askedAt = -Infinity));
    await Promise.race([asking, new Promise((done) => setTimeout(done, waitsAtMost))]);
  }

  /** What others of this person's devices keep. What is unsent here wins; what is gone there is gone here. */
  async #ask(): Promise<void> {
    const { items } = await this.office.call(draftEndpoints.list);
    await this.#change((drafts) => {
      const own = drafts.filter(({ unsent }) => unsent !== null);
      const others = items.filter(({ id }) => !own.some(({ draft }) => draft.id === id));
      return [
        ...own,
        ...others.map((draft): HeldDraft => {
          const known = drafts.find((one) => one.draft.id === draft.id);
          return known && JSON.stringify(known.draft) === JSON.stringify(draft) ? known : { draft, unsent: null };
        }),
      ];
    });
  }

  async #change(change: (drafts: readonly HeldDraft[]) => readonly HeldDraft[]): Promise<void> {
    this.take(await this.store.drafts(change));
  }
}

/** Not the moment, but what was written: too long, or of a family that is out of reach. */
function isRefusal({ status }: CallProblem): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}

const blank = { kind: 'visit' as const, familyId: null, content: '', savedAt: '' };

function viewsOf(held: readonly HeldDraft[]): DraftView[] {
  return held
    .filter(({ unsent }) => unsent !== 'discarded')
    .map(({ draft }) => draft)
    .sort((a, b) => b.savedAt.localeCompare(a.savedAt));
}
