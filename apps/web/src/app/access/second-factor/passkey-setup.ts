import { ChangeDetectionStrategy, Component, computed, inject, output } from '@angular/core';
import { factorEndpoints, type RecoveryCodes } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { ProblemNotice } from '../../platform/problem';
import { NoPasskey, makePasskey } from './browser-passkeys';

/** Adding a passkey: a name for it, then the browser's own dialog. */
@Component({
  selector: 'app-passkey-setup',
  imports: [Button, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ 'access.passkey.text' | text }}</p>
    <form class="tl-stack" novalidate (submit)="add($event)">
      <tl-text
        [max]="60"
        [field]="form.field('name')"
        [label]="'access.field.factorName' | text"
        [hint]="'access.factors.nameHint' | text"
      />
      <app-problem [of]="failure()" />
      @if (noPasskey()) {
        <tl-notice tone="wait" [live]="true">{{ 'access.passkey.notMade' | text }}</tl-notice>
      }
      <button type="submit" tlButton wide icon="key" [busy]="form.sending()">
        {{ 'access.passkey.action' | text }}
      </button>
      <button type="button" tlButton="quiet" wide (click)="cancelled.emit()">{{ 'ui.cancel' | text }}</button>
    </form>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class PasskeySetup {
  readonly added = output<RecoveryCodes>();
  readonly cancelled = output();
  readonly #call = inject(CALL);
  protected readonly form = formFor({ name: inject(Texts).text('access.passkey.defaultName') }, ({ name }) =>
    name.trim() ? [] : [{ field: 'name', code: 'required' }],
  );
  protected readonly noPasskey = computed(() => this.form.failure() instanceof NoPasskey);
  protected readonly failure = computed(() => (this.noPasskey() ? null : this.form.failure()));

  protected async add(event: Event): Promise<void> {
    event.preventDefault();
    const codes = await this.form.submit(async ({ name }) => {
      const { options } = await this.#call(factorEndpoints.beginPasskey);
      const answer = await makePasskey(options).catch((error: unknown) => Promise.reject(new NoPasskey(error)));
      return this.#call(factorEndpoints.addPasskey, { input: { name, answer } });
    });
    if (codes) this.added.emit(codes);
  }
}
