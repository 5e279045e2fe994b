import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { accountEndpoints, type AccountSessionView } from '@tilts/domain';
import type { TextKey } from '@tilts/i18n';
import { Between, Button, Card, Confirm, Icon, List, MomentPipe, Section, Snack, TextPipe, Texts } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, problemText } from '../../platform/problem';
import { read } from '../../platform/read';

/** Where somebody is signed in, and signing them out there: for a lost phone, or when somebody leaves in a hurry. */
@Component({
  selector: 'app-account-devices',
  imports: [Awaiting, Between, Button, Card, Icon, List, MomentPipe, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-section [heading]="'access.account.devices' | text">
      @if ((devices.value()?.items ?? []).length > 1) {
        <button more type="button" tlButton="quiet" small [busy]="ending()" (click)="endAll()">
          {{ 'access.account.endAllDevices' | text }}
        </button>
      }
      <app-awaiting [of]="devices" [rows]="1" />
      <ul tlList>
        @for (device of devices.value()?.items ?? []; track device.id) {
          <li tlCard>
            <tl-between>
              <div class="device">
                <tl-icon name="device" />
                <div>
                  <b>{{ nameOf(device) }}</b>
                  <div class="tl-muted tl-small">
                    {{ 'access.profile.since' | text: { when: device.startedAt | moment } }} ·
                    {{ 'access.profile.lastUsed' | text: { when: device.lastUsedAt | moment } }}
                  </div>
                </div>
              </div>
              <button
                type="button"
                tlButton="danger"
                small
                [attr.aria-label]="'access.profile.revokeDevice' | text: { device: nameOf(device) }"
                (click)="end(device)"
              >
                {{ 'access.profile.revoke' | text }}
              </button>
            </tl-between>
          </li>
        } @empty {
          @if (devices.value()) {
            <li class="tl-muted">{{ 'access.account.noDevices' | text }}</li>
          }
        }
      </ul>
    </tl-section>
  `,
  styles: `
    .device {
      display: flex;
      gap: 12px;
      align-items: center;
      min-inline-size: 0;
    }
  `,
})
export class AccountDevices {
  readonly account = input.required<string>();
  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly devices = read(accountEndpoints.sessions, () => ({ params: { id: this.account() } }));
  protected readonly ending = signal(false);

  protected nameOf(device: AccountSessionView): string {
    return device.device !== '?' ? device.device : this.#texts.text('access.profile.unknownDevice');
  }

  protected end(device: AccountSessionView): Promise<void> {
    return this.#tell('access.profile.revoked', () =>
      this.#call(accountEndpoints.endSession, { params: { id: this.account(), sessionId: device.id } }),
    );
  }

  protected async endAll(): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('access.account.endAllAsk'),
      text: this.#texts.text('access.account.endAllText'),
      yes: this.#texts.text('access.account.endAllDevices'),
      danger: true,
    });
    if (!sure) return;
    await this.#tell('access.account.allEnded', () =>
      this.#call(accountEndpoints.endSessions, { params: { id: this.account() } }),
    );
  }

  async #tell(done: TextKey, work: () => Promise<unknown>): Promise<void> {
    this.ending.set(true);
    try {
      await work();
      await this.#snack.show(this.#texts.text(done));
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    } finally {
      this.ending.set(false);
      this.devices.reload();
    }
  }
}
