import { ChangeDetectionStrategy, Component, effect, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { AccountChange, accountEndpoints, checkInput, type AccountView, type Role } from '@tilts/domain';
import { sourceLanguage } from '@tilts/i18n';
import { Button, Notice, PageFrame, Snack, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { AccountFields, withoutForeignInstitution } from './account-fields';

/** Another name, e-mail, role or institution for somebody who is known already. */
@Component({
  selector: 'app-account-editor',
  imports: [AccountFields, Awaiting, Button, Notice, PageFrame, ProblemNotice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page
      [heading]="'access.editor.title' | text"
      [back]="account.value()?.name ?? ('access.accounts.title' | text)"
      [backLink]="['/accounts', id()]"
    >
      <app-awaiting [of]="account" shape="text" />
      @if (account.value(); as account) {
        <form class="tl-stack" novalidate (submit)="save(); $event.preventDefault()">
          <app-account-fields [form]="form" />
          @if (form.value().role !== account.role) {
            <tl-notice tone="wait" [live]="true">{{ 'access.editor.roleChanged' | text }}</tl-notice>
          }
          @if (form.value().email !== account.email) {
            <tl-notice tone="wait">{{ 'access.editor.emailChanged' | text }}</tl-notice>
          }
          <app-problem [of]="form.failure()" />
          <div>
            <button tlButton type="submit" [busy]="form.sending()">{{ 'access.editor.save' | text }}</button>
          </div>
        </form>
      }
    </tl-page>
  `,
})
export class AccountEditor {
  readonly id = input.required<string>();
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);

  protected readonly account = read(accountEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly form = formFor<Fields<AccountChange>>(
    { name: '', email: '', role: '' as Role, language: sourceLanguage, institutionId: null, version: 1 },
    (value) => checkInput(AccountChange, withoutForeignInstitution(value)).problems,
  );

  constructor() {
    effect(() => {
      const account = this.account.value();
      if (account) this.form.reset(formOf(account));
    });
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((value) =>
      this.#call(accountEndpoints.change, { params: { id: this.id() }, input: withoutForeignInstitution(value) }),
    );
    if (!saved) return;
    await this.#snack.show(this.#texts.text('access.editor.saved'));
    await this.#router.navigate(['/accounts', this.id()]);
  }
}

function formOf({ name, email, role, language, institutionId, version }: AccountView): Fields<AccountChange> {
  return { name, email, role, language, institutionId, version };
}
