import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { isSent, newId, referralEndpoints, type ReferralEventView, type ReferralView } from '@tilts/domain';
import { Button, Card, MomentPipe, TextArea, TextPipe, Texts, Timeline, TimelineMoment } from '@tilts/ui';
import { CALL } from '../platform/call';
import { ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { threadOf } from './thread';

/** Correspondence and history of a referral, and a line to write to the other side. */
@Component({
  selector: 'app-referral-thread',
  imports: [Button, Card, MomentPipe, ProblemNotice, TextArea, TextPipe, Timeline, TimelineMoment],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card [heading]="'referrals.thread.title' | text">
      <ol tlTimeline>
        @for (item of items(); track item.id) {
          @if (item.kind === 'message') {
            <li tlMoment [who]="item.message.by" [when]="item.at | moment">{{ item.message.text }}</li>
          } @else if (item.event.text || item.event.reason) {
            <li tlMoment icon="reply" [who]="item.event.by" [when]="item.at | moment">
              <b>{{ wordsOf(item.event) }}</b>
              @if (item.event.reason; as reason) {
                <div>{{ $any('referrals.declineReason.' + reason) | text }}</div>
              }
              @if (item.event.text; as words) {
                <div>{{ words }}</div>
              }
            </li>
          } @else {
            <li tlMoment [when]="item.at | moment">{{ wordsOf(item.event) }} · {{ item.event.by }}</li>
          }
        } @empty {
          <li class="tl-muted">{{ 'referrals.thread.empty' | text }}</li>
        }
      </ol>
      @if (mayWrite()) {
        <form class="tl-screen" (submit)="send(); $event.preventDefault()" novalidate>
          <tl-textarea [label]="writeTo() | text" [rows]="2" [(value)]="words" />
          <app-problem [of]="problem()" />
          <button tlButton="secondary" icon="send" type="submit" [busy]="sending()">
            {{ 'referrals.thread.send' | text }}
          </button>
        </form>
      }
    </tl-card>
  `,
  styles: `
    form {
      display: grid;
      gap: 10px;
      margin-block-start: 18px;
      justify-items: start;
    }
    tl-textarea {
      inline-size: 100%;
    }
    ol li.tl-muted {
      list-style: none;
    }
  `,
})
export class ReferralThread {
  readonly of = input.required<ReferralView>();
  readonly mayWrite = input(true);
  readonly written = output();

  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  // Anew with each version, so that an answer that came with a move is followed by what was written meanwhile.
  protected readonly messages = read(referralEndpoints.messages, () => ({
    params: { id: this.of().id },
    input: { limit: 100 },
  }));
  protected readonly writeTo = computed(() =>
    isSent(this.of()) ? 'referrals.thread.writeToInstitution' : 'referrals.thread.writeToMediator',
  );
  protected readonly items = computed(() => threadOf(this.of(), this.messages.value()?.items ?? []));
  protected readonly words = signal<string | null | undefined>(null);
  protected readonly sending = signal(false);
  protected readonly problem = signal<unknown>(undefined);
  #id = newId();

  protected wordsOf(event: ReferralEventView): string {
    return this.#texts.text(`referrals.happened.${event.move}`);
  }

  protected async send(): Promise<void> {
    const text = this.words()?.trim();
    if (!text || this.sending()) return;
    this.sending.set(true);
    this.problem.set(undefined);
    try {
      await this.#call(referralEndpoints.write, { params: { id: this.of().id }, input: { id: this.#id, text } });
      this.#id = newId();
      this.words.set(null);
      this.messages.reload();
      this.written.emit();
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.sending.set(false);
    }
  }
}
