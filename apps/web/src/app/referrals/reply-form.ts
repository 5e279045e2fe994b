import { ChangeDetectionStrategy, Component, computed, effect, inject, input, output, signal } from '@angular/core';
import { declineReasons, referralLifecycle, type DeclineReason, type ReferralMove } from '@tilts/domain';
import { Button, ChipOne, TextArea, TextPipe, Texts } from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';

/** Moves for which ready sentences are offered. */
const templated: readonly ReferralMove[] = ['askMore', 'complete', 'acceptAndFinish', 'decline'];

/** Moves that write down what the institution said by phone or letter. */
const heard: readonly ReferralMove[] = ['recordAcceptance', 'recordCompletion', 'recordRefusal'];

/** What a move needs before it is made: words, a reason, or nothing but a yes. */
@Component({
  selector: 'app-reply-form',
  imports: [Button, ChipOne, TextArea, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form (submit)="send(); $event.preventDefault()" novalidate [attr.aria-label]="title()">
      <h2>{{ title() }}</h2>
      @if (needs() === 'reason') {
        <tl-chip-one [label]="'referrals.reply.reason' | text" [options]="reasons()" [(value)]="reason" required />
        @if (missing() && !reason()) {
          <p class="missing" role="alert">{{ 'errors.REFERRAL_MOVE_NEEDS_REASON' | text }}</p>
        }
      }
      @if (templates().length > 0) {
        <div class="templates" role="group" [attr.aria-label]="'referrals.reply.templates' | text">
          @for (template of templates(); track template) {
            <button type="button" tlButton="secondary" small (click)="text.set(template)">{{ template }}</button>
          }
        </div>
      }
      <tl-textarea
        [label]="label()"
        [hint]="hint()"
        [rows]="move() === 'setReference' ? 1 : 3"
        [(value)]="text"
        [required]="needs() === 'text'"
      />
      @if (missing() && needs() === 'text' && !text()) {
        <p class="missing" role="alert">{{ 'errors.REFERRAL_MOVE_NEEDS_TEXT' | text }}</p>
      }
      <div class="row">
        <button
          type="submit"
          [tlButton]="move() === 'decline' || move() === 'withdraw' ? 'danger' : 'primary'"
          [busy]="busy()"
        >
          {{ button() }}
        </button>
        <button type="button" tlButton="quiet" (click)="cancelled.emit()">{{ 'ui.cancel' | text }}</button>
      </div>
    </form>
  `,
  styles: `
    form {
      display: grid;
      gap: 14px;
      padding: 18px 20px;
      border: 1.5px solid var(--tl-accent-line);
      border-radius: 16px;
      background: var(--tl-card);
      grid-template-columns: minmax(0, 1fr);
    }
    h2 {
      font-size: 1.0625rem;
      margin: 0;
      color: var(--tl-ink);
    }
    .templates {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .templates button {
      text-align: start;
      block-size: auto;
      min-block-size: 40px;
      padding-block: 6px;
      white-space: normal;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 10px;
    }
    .missing {
      color: var(--tl-red);
      font-weight: 550;
    }
  `,
})
export class ReplyForm {
  readonly move = input.required<ReferralMove>();
  /** Who reads the words: the institution, or else the mediator. */
  readonly toInstitution = input(false);
  readonly busy = input(false);
  readonly chosen = output<{ move: ReferralMove; reason: DeclineReason | null; text: string | null }>();
  readonly cancelled = output();

  readonly #texts = inject(Texts);
  readonly #lists = inject(CodeLists);
  protected readonly text = signal<string | null | undefined>(null);
  protected readonly reason = signal<DeclineReason | null | undefined>(null);
  protected readonly missing = signal(false);

  protected readonly needs = computed(() => referralLifecycle[this.move()].needs);
  protected readonly title = computed(() => this.#texts.text(`referrals.move.${this.move()}`));
  protected readonly button = computed(() => this.#texts.text(`referrals.reply.do.${this.move()}`));
  protected readonly label = computed(() => {
    if (this.move() === 'setReference') return this.#texts.text('referrals.field.reference');
    if (heard.includes(this.move())) return this.#texts.text('referrals.reply.heard');
    return this.#texts.text(this.toInstitution() ? 'referrals.reply.wordsToInstitution' : 'referrals.reply.words');
  });
  protected readonly hint = computed(() =>
    this.move() === 'setReference' || heard.includes(this.move())
      ? undefined
      : this.#texts.text(this.toInstitution() ? 'referrals.reply.hintToInstitution' : 'referrals.reply.hint'),
  );
  protected readonly reasons = computed(() => this.#lists.options(declineReasons));
  protected readonly templates = computed(() =>
    templated.includes(this.move())
      ? [1, 2]
          .map((number) => this.#texts.textOfCode(`referrals.reply.template.${this.move()}.t${number}`) ?? '')
          .filter(Boolean)
      : [],
  );

  constructor() {
    // Another move is another form.
    effect(() => {
      this.move();
      this.text.set(null);
      this.reason.set(null);
      this.missing.set(false);
    });
  }

  protected send(): void {
    const text = this.text()?.trim() || null;
    const reason = this.reason() ?? null;
    this.missing.set(true);
    if ((this.needs() === 'text' && !text) || (this.needs() === 'reason' && !reason)) return;
    this.chosen.emit({ move: this.move(), reason, text });
  }
}
