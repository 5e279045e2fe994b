import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { isSent, referralBoards, referralEndpoints, type ReferralBoard, type ReferralSent } from '@tilts/domain';
import { Between, Boards, Button, Card, EmptyState, List, MomentPipe, PageFrame, TextPipe, Texts } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { ReferralDue, ReferralStatusTag } from './referral-status-tag';

/** What I sent for my families: what waits for an answer, what is being worked on, what is over. */
@Component({
  selector: 'app-referral-list',
  imports: [
    Awaiting,
    Between,
    Boards,
    Button,
    Card,
    EmptyState,
    List,
    MomentPipe,
    PageFrame,
    ReferralDue,
    ReferralStatusTag,
    RouterLink,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-list.html',
})
export class ReferralList {
  /** Stands in the address. */
  readonly board = input<ReferralBoard>();
  readonly #texts = inject(Texts);
  readonly #router = inject(Router);

  protected readonly shownBoard = computed(() =>
    referralBoards.has(this.board()) ? (this.board() ?? 'waiting') : 'waiting',
  );
  protected readonly lists = {
    waiting: read(referralEndpoints.list, () => ({ input: { board: 'waiting' as const, limit: 100 } })),
    inWork: read(referralEndpoints.list, () => ({ input: { board: 'inWork' as const, limit: 100 } })),
    answered: read(referralEndpoints.list, () => ({ input: { board: 'answered' as const, limit: 100 } })),
  };
  protected readonly shown = computed<ReferralSent[]>(() =>
    (this.lists[this.shownBoard()].value()?.items ?? []).filter(isSent),
  );
  protected readonly boards = computed(() =>
    referralBoards.values.map((value) => ({
      value,
      label: this.#texts.text(`referrals.board.${value}`),
      count: this.lists[value].value()?.items.length,
    })),
  );

  protected choose(board: ReferralBoard | null | undefined): void {
    void this.#router.navigate([], { queryParams: { board }, replaceUrl: true });
  }
}
