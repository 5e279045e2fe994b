import { syncEndpoints, withRescued, type DraftView } from '@tilts/domain';
import type { HeldDraft, Outbox } from './kept';
import type { LocalStore } from './local-store';
import type { Office } from './office';

/**
 * Takes over what this person's other phone could not send and a coordinator loaded for them. Only what stands in this store is told to
 * the office, which then lets it go: a phone that dies in between has lost nothing.
 */
export class RescuedWork {
  constructor(
    private readonly store: LocalStore,
    private readonly office: Pick<Office, 'call'>,
    private readonly nextNumber: (before: Outbox) => number,
    /** Told once it is on the disk: how many things are new here. */
    private readonly came: (count: number, after: Outbox) => Promise<void>,
  ) {}

  async run(): Promise<void> {
    for (;;) {
      const { ids, commands, drafts } = await this.office.call(syncEndpoints.rescued);
      if (ids.length === 0) return;
      let fresh = 0;
      const after = await this.store.outbox((before) => {
        const { entries } = before;
        const taken = withRescued(entries, commands, this.nextNumber(before));
        fresh = taken.length - entries.length;
        return { entries: taken };
      });
      await this.store.drafts((held) => withRescuedDrafts(held, drafts));
      await this.came(fresh, after);
      await this.office.call(syncEndpoints.rescuedTaken, { input: { ids } });
    }
  }
}

/** The one that was typed last wins. */
function withRescuedDrafts(held: readonly HeldDraft[], rescued: readonly DraftView[]): HeldDraft[] {
  const fresh = rescued.filter(
    (draft) => !held.some((one) => one.draft.id === draft.id && one.draft.savedAt >= draft.savedAt),
  );
  return [
    ...held.filter((one) => !fresh.some(({ id }) => id === one.draft.id)),
    ...fresh.map((draft): HeldDraft => ({ draft, unsent: 'kept' })),
  ];
}
