import { computed, inject, type Signal } from '@angular/core';
import { Router } from '@angular/router';
import {
  referralBoards,
  referralEndpoints,
  type ReferralBoard,
  type ReferralSent,
  type ReferralView,
} from '@tilts/domain';
import { read, type Read } from '../platform/read';

/** The three boards of referrals: which one is shown (it stands in the address), what is in it, and how much in each. */
export interface ReferralBoards {
  readonly shown: Signal<ReferralBoard>;
  readonly list: Signal<Read<unknown>>;
  readonly referrals: Signal<readonly (ReferralView | ReferralSent)[]>;
  /** Undefined while it is being read. */
  count(board: ReferralBoard): number | undefined;
  choose(board: ReferralBoard | null | undefined): void;
}

/** Reads all three at once, so that their counts are seen; each is capped by the server. */
export function readBoards(board: () => ReferralBoard | undefined): ReferralBoards {
  const router = inject(Router);
  const reading = (of: ReferralBoard) => read(referralEndpoints.list, () => ({ input: { board: of, limit: 100 } }));
  const lists = { waiting: reading('waiting'), inWork: reading('inWork'), answered: reading('answered') };
  const shown = computed<ReferralBoard>(() => {
    const wanted = board();
    return referralBoards.has(wanted) ? wanted : 'waiting';
  });
  return {
    shown,
    list: computed(() => lists[shown()]),
    referrals: computed(() => lists[shown()].value()?.items ?? []),
    count: (of) => lists[of].value()?.items.length,
    choose: (to) => void router.navigate([], { queryParams: { board: to }, replaceUrl: true }),
  };
}
