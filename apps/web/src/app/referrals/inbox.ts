import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, input, linkedSignal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { referralBoards, type ReferralBoard, type ReferralView } from '@tilts/domain';
import { Boards, DataTable, EmptyState, PageFrame, Tag, TextPipe, Texts } from '@tilts/ui';
import { latinLetter } from '../platform/latin-letter';
import { Awaiting } from '../platform/problem';
import { readBoards } from './read-boards';
import { personWords } from './referral-card';
import { ReferralDue, ReferralStatusTag } from './referral-status-tag';

/** Where a social worker begins: what waits for us, overdue first; keys j and k go down and up, enter opens. */
@Component({
  selector: 'app-inbox',
  imports: [
    Awaiting,
    Boards,
    DataTable,
    EmptyState,
    PageFrame,
    ReferralDue,
    ReferralStatusTag,
    RouterLink,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './inbox.html',
  styleUrl: './inbox.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class Inbox {
  readonly board = input<ReferralBoard>();
  readonly #texts = inject(Texts);
  readonly #router = inject(Router);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);

  protected readonly all = readBoards(this.board);
  protected readonly shown = this.all.referrals;
  protected readonly boards = computed(() =>
    referralBoards.values.map((value) => ({
      value,
      label: this.#texts.text(`referrals.inbox.${value}`),
      count: this.all.count(value),
    })),
  );
  protected readonly at = linkedSignal({ source: this.shown, computation: () => -1 });

  protected who(referral: ReferralView): string {
    return personWords(this.#texts, referral.person);
  }

  protected open(referral: ReferralView): void {
    void this.#router.navigate(['/referrals', referral.id]);
  }

  protected onKey(event: KeyboardEvent): void {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (event.target instanceof HTMLElement && event.target.closest('input, textarea, select'))
    )
      return;
    const key = latinLetter(event);
    const here = this.shown()[this.at()];
    if (key === 'j') this.#go(this.at() + 1);
    else if (key === 'k') this.#go(this.at() - 1);
    else if ((key === 'a' || key === 'd') && here)
      void this.#router.navigate(['/referrals', here.id], { queryParams: { do: key === 'a' ? 'accept' : 'decline' } });
  }

  #go(to: number): void {
    const last = this.shown().length - 1;
    if (last < 0) return;
    this.at.set(Math.min(last, Math.max(0, to)));
    // Enter then opens it as any link.
    this.#host.nativeElement.querySelectorAll<HTMLElement>('tbody a')[this.at()]?.focus();
  }
}
