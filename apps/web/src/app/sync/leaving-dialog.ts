import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';
import { Button, TextPipe } from '@tilts/ui';
import { Phone } from './phone';

/** Asks before somebody signs out whose work is not at the office yet: says what stays and where, and can send it first. */
@Component({
  selector: 'app-leaving-dialog',
  imports: [Button, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (phone.unsent().length; as count) {
      <h2 id="leaving-heading">{{ 'sync.leaving.heading' | text: { count } }}</h2>
      <div id="leaving-text" class="text">
        <p>{{ 'sync.leaving.stays' | text: { count } }}</p>
        @if (!phone.online()) {
          <p>{{ 'sync.leaving.offline' | text }}</p>
        }
      </div>
    } @else if (phone.online()) {
      <h2 id="leaving-heading">{{ 'sync.leaving.allSent' | text }}</h2>
      <p id="leaving-text">{{ 'sync.leaving.allSentText' | text }}</p>
    } @else {
      <h2 id="leaving-heading">{{ 'sync.leaving.offlineHeading' | text }}</h2>
      <p id="leaving-text">{{ 'sync.leaving.offline' | text }}</p>
    }
    @if (tried()) {
      <p role="status" class="tried">{{ 'sync.leaving.stillThere' | text: { count: phone.unsent().length } }}</p>
    }
    <div class="answers">
      @if (phone.unsent().length > 0) {
        <button type="button" data-first tlButton icon="send" [busy]="sending()" (click)="sendNow()">
          {{ 'sync.unsent.sendNow' | text }}
        </button>
      } @else {
        <button type="button" data-first tlButton="secondary" (click)="dialog.close(false)">
          {{ 'sync.leaving.stay' | text }}
        </button>
      }
      <button type="button" tlButton="secondary" icon="signOut" (click)="dialog.close(true)">
        {{ (phone.unsent().length > 0 ? 'sync.leaving.goAnyway' : 'sync.leaving.go') | text }}
      </button>
      @if (phone.unsent().length > 0) {
        <button type="button" tlButton="quiet" (click)="dialog.close(false)">{{ 'sync.leaving.stay' | text }}</button>
      }
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      inline-size: min(440px, calc(100vw - 32px));
      padding: 24px;
      background: var(--tl-card);
      border-radius: 20px;
      box-shadow: var(--tl-shade);
    }
    h2 {
      font-size: 1.1875rem;
      line-height: 1.3;
      color: var(--tl-ink);
    }
    .text {
      display: grid;
      gap: 8px;
    }
    p {
      color: var(--tl-muted);
    }
    .tried {
      color: var(--tl-amber);
      font-weight: 600;
    }
    .answers {
      display: grid;
      gap: 10px;
      margin-block-start: 10px;
    }
  `,
})
export class LeavingDialog {
  protected readonly phone = inject(Phone);
  protected readonly dialog = inject<DialogRef<boolean>>(DialogRef);
  protected readonly sending = signal(false);
  protected readonly tried = signal(false);

  protected async sendNow(): Promise<void> {
    this.tried.set(false);
    this.sending.set(true);
    // What cannot be sent now stays where it is; the words above say so.
    await this.phone.sendNow().catch(() => undefined);
    this.sending.set(false);
    this.tried.set(this.phone.unsent().length > 0);
  }
}
