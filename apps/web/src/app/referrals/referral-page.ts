import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  linkedSignal,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  isClosed,
  isSent,
  noticeEndpoints,
  referralEndpoints,
  referralLifecycle,
  type DeclineReason,
  type ReferralMove,
  type ReferralView,
} from '@tilts/domain';
import { Button, Card, Notice, PageFrame, Snack, Tag, TextPipe, Texts, type IconName } from '@tilts/ui';
import { Session } from '../access/session';
import { CALL } from '../platform/call';
import { latinLetter } from '../platform/latin-letter';
import { Awaiting, ProblemNotice, problemText } from '../platform/problem';
import { read } from '../platform/read';
import { SavedSnack } from '../platform/saved-snack';
import { WhereMark } from '../platform/where-mark';
import { ReferralCard, personWords } from './referral-card';
import { ReferralDue, ReferralStatusTag } from './referral-status-tag';
import { groundWords, lastAnswer, referralAsText } from './referral-text';
import { ReferralThread } from './referral-thread';
import { ReplyForm } from './reply-form';

/** In this order a move is the one to make next; the others stand beside it. */
const nextFirst: readonly ReferralMove[] = ['send', 'answer', 'accept', 'start', 'complete'];
/** The order of the others, from what is done most to what hurts. */
const besides: readonly ReferralMove[] = ['acceptAndFinish', 'complete', 'askMore', 'decline'];
/** Rare things: in a row of their own. */
const rareIcons: Partial<Record<ReferralMove, IconName>> = {
  take: 'person',
  release: 'family',
  setReference: 'edit',
  withdraw: 'close',
};
const rare = Object.keys(rareIcons) as ReferralMove[];
/** An answer that came by phone or letter. */
const recorded: readonly ReferralMove[] = ['recordAcceptance', 'recordCompletion', 'recordRefusal'];

/** One referral. An institution understands and answers it here; the mediator sees how far it is and answers questions. */
@Component({
  selector: 'app-referral-page',
  imports: [
    Awaiting,
    Button,
    Card,
    Notice,
    PageFrame,
    ProblemNotice,
    ReferralCard,
    ReferralDue,
    ReferralStatusTag,
    ReferralThread,
    ReplyForm,
    RouterLink,
    Tag,
    TextPipe,
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-page.html',
  styleUrl: './referral-page.scss',
  host: { '(document:keydown)': 'onKey($event)' },
})
export class ReferralPage {
  readonly id = input.required<string>();
  /** `?do=accept` from the inbox: the move that was pressed there. */
  readonly do = input<string>();

  readonly #call = inject(CALL);
  readonly #saved = inject(SavedSnack);
  readonly #snack = inject(Snack);
  readonly #session = inject(Session);
  protected readonly texts = inject(Texts);

  protected readonly loaded = read(referralEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly referral = linkedSignal<ReferralView | undefined>(() => this.loaded.value());
  protected readonly sent = computed(() => {
    const referral = this.referral();
    return referral && isSent(referral) ? referral : null;
  });
  protected readonly receiver = computed(() => this.#session.me()?.role === 'socialWorker');
  protected readonly heading = computed(() => personWords(this.texts, this.referral()?.person ?? null));
  protected readonly primary = computed(() => nextFirst.find((move) => this.referral()?.moves.includes(move)));
  protected readonly others = computed(() =>
    besides.filter(
      (move) =>
        this.referral()?.moves.includes(move) &&
        move !== this.primary() &&
        (move !== 'complete' || this.primary() !== 'accept'),
    ),
  );
  protected readonly rareMoves = computed(() => (this.referral()?.moves ?? []).filter((move) => rare.includes(move)));
  protected readonly recordedMoves = computed(() =>
    (this.referral()?.moves ?? []).filter((move) => recorded.includes(move)),
  );
  protected readonly over = computed(() => isClosed(this.referral()?.status ?? 'draft'));
  /** To an institution that is not in Tilts nobody can write here. */
  protected readonly mayWrite = computed(() => {
    const status = this.referral()?.status;
    return status !== 'draft' && status !== 'withdrawn' && this.sent()?.institutionHasUsers !== false;
  });
  protected readonly rareIcons = rareIcons;
  /** What the institution answered last; the mediator does not search for it. */
  protected readonly answer = computed(() => {
    const sent = this.sent();
    return sent ? lastAnswer(this.texts, sent) : null;
  });
  protected readonly back = computed(() =>
    this.receiver()
      ? { words: this.texts.text('shell.inbox'), link: '/inbox' }
      : { words: this.texts.text('shell.referrals'), link: '/referrals' },
  );

  /** The move that is being filled in. */
  protected readonly asked = signal<ReferralMove | null>(null);
  protected readonly moving = signal(false);
  protected readonly problem = signal<unknown>(undefined);

  constructor() {
    effect(() => {
      const referral = this.loaded.value();
      if (!referral) return;
      untracked(() => {
        void this.#noticesSeen(referral.id);
        const wanted = referral.moves.find((move) => move === this.do());
        if (wanted) void this.press(wanted);
      });
    });
  }

  protected readonly more = computed(() => {
    const referral = this.referral();
    if (!referral) return [];
    const ground = { label: this.texts.text('referrals.page.ground'), value: groundWords(this.texts, referral) };
    if (this.receiver())
      return [
        ground,
        {
          label: this.texts.text('referrals.page.reference'),
          value: referral.reference ?? this.texts.text('referrals.page.noReference'),
        },
      ];
    return referral.reference
      ? [ground, { label: this.texts.text('referrals.page.theirReference'), value: referral.reference }]
      : [ground];
  });

  /** A move that needs words opens its form; the others are made at once. */
  protected async press(move: ReferralMove): Promise<void> {
    if (referralLifecycle[move].needs || move === 'withdraw') this.asked.set(move);
    else await this.make({ move, reason: null, text: null });
  }

  protected async make(step: { move: ReferralMove; reason: DeclineReason | null; text: string | null }): Promise<void> {
    if (this.moving()) return;
    this.moving.set(true);
    this.problem.set(undefined);
    try {
      this.referral.set(await this.#call(referralEndpoints.move, { params: { id: this.id() }, input: step }));
      this.asked.set(null);
      await this.#saved.show(this.id(), this.texts.text(`referrals.done.${step.move}`));
    } catch (problem) {
      this.problem.set(problem);
      // Somebody else was faster: what may be done now must be seen.
      this.loaded.reload();
    } finally {
      this.moving.set(false);
    }
  }

  protected async copy(): Promise<void> {
    const referral = this.referral();
    if (!referral) return;
    try {
      await navigator.clipboard.writeText(referralAsText(this.texts, referral));
      await this.#snack.show(this.texts.text('referrals.page.copied'));
    } catch (problem) {
      await this.#snack.show(problemText(this.texts, problem));
    }
  }

  protected onKey(event: KeyboardEvent): void {
    if (!this.receiver() || this.asked() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof HTMLElement && event.target.closest('input, textarea, select')) return;
    const move = ({ a: 'accept', j: 'askMore', d: 'decline' } as const)[latinLetter(event)];
    if (!move || !this.referral()?.moves.includes(move)) return;
    event.preventDefault();
    void this.press(move);
  }

  /** Whoever looks at the referral has seen its notices. */
  async #noticesSeen(id: string): Promise<void> {
    try {
      const { items } = await this.#call(noticeEndpoints.list, { input: { unread: true, limit: 100 } });
      await Promise.all(
        items
          .filter((notice) => notice.referralId === id)
          .map((notice) => this.#call(noticeEndpoints.markRead, { params: { id: notice.id } })),
      );
    } catch {
      // Unread once more is no harm; the page itself must not fail for it.
    }
  }
}
