import { ChangeDetectionStrategy, Component, inject, output } from '@angular/core';
import { TotpConfirmation, checkInput, factorEndpoints, type RecoveryCodes } from '@tilts/domain';
import { Button, CopyLine, QrCode, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';

/** Setting up an authenticator app in three steps: scan, name, type the code that it shows. */
@Component({
  selector: 'app-totp-setup',
  imports: [Awaiting, Button, CopyLine, ProblemNotice, QrCode, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-awaiting [of]="begun" shape="text" [rows]="2" />
    @if (begun.value(); as begun) {
      <ol class="steps">
        <li>
          <div class="step">
            <p>{{ 'access.totp.scan' | text }}</p>
            <tl-qr [text]="begun.uri" [label]="'access.totp.qr' | text" />
            <p class="tl-muted">{{ 'access.totp.orType' | text }}</p>
            <tl-copy-line [text]="inGroups(begun.secret)" [label]="'access.totp.secret' | text" />
          </div>
        </li>
        <li>
          <form class="tl-stack" novalidate (submit)="confirm($event, begun.id)">
            <p>{{ 'access.totp.confirm' | text }}</p>
            <tl-text
              keys="numeric"
              autocomplete="one-time-code"
              [max]="12"
              [field]="form.field('code')"
              [label]="'access.field.code' | text"
              [hint]="'access.proof.codeHint' | text"
            />
            <tl-text
              [max]="60"
              [field]="form.field('name')"
              [label]="'access.field.factorName' | text"
              [hint]="'access.factors.nameHint' | text"
            />
            <app-problem [of]="form.failure()" />
            <button type="submit" tlButton wide [busy]="form.sending()">{{ 'access.totp.action' | text }}</button>
          </form>
        </li>
      </ol>
    }
    <button type="button" tlButton="quiet" wide (click)="cancelled.emit()">{{ 'ui.cancel' | text }}</button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      grid-template-columns: minmax(0, 1fr);
    }
    .steps {
      display: grid;
      gap: 20px;
      margin: 0;
      padding-inline-start: 24px;
    }
    .step {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
    li::marker {
      font-weight: 600;
    }
  `,
})
export class TotpSetup {
  readonly added = output<RecoveryCodes>();
  readonly cancelled = output();
  readonly #call = inject(CALL);
  protected readonly begun = read(factorEndpoints.beginTotp, () => ({}));
  protected readonly form = formFor({ code: '', name: inject(Texts).text('access.totp.defaultName') }, (value) => [
    ...checkInput(TotpConfirmation, value).problems,
    ...(value.code.trim() && !/^\s*(\d\s*){6}$/.test(value.code) ? [{ field: 'code', code: 'sixDigits' }] : []),
  ]);

  /** As apps show it, and as people type it. */
  protected inGroups(secret: string): string {
    return secret.replace(/(.{4})(?=.)/g, '$1 ');
  }

  protected async confirm(event: Event, id: string): Promise<void> {
    event.preventDefault();
    const codes = await this.form.submit((input) => this.#call(factorEndpoints.confirmTotp, { params: { id }, input }));
    if (codes) this.added.emit(codes);
  }
}
