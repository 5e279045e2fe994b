import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { isSent, referralBoards, type ReferralBoard, type ReferralSent } from '@tilts/domain';
import { Between, Boards, Button, Card, EmptyState, List, MomentPipe, PageFrame, TextPipe, Texts } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { WhereMark } from '../platform/where-mark';
import { readBoards } from './read-boards';
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
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-list.html',
})
export class ReferralList {
  /** Stands in the address. */
  readonly board = input<ReferralBoard>();
  readonly #texts = inject(Texts);

  protected readonly all = readBoards(this.board);
  protected readonly shown = computed<ReferralSent[]>(() => this.all.referrals().filter(isSent));
  protected readonly boards = computed(() =>
    referralBoards.values.map((value) => ({
      value,
      label: this.#texts.text(`referrals.board.${value}`),
      count: this.all.count(value),
    })),
  );
}
