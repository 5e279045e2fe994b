import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  NewAccount,
  accountEndpoints,
  checkInput,
  dayOf,
  installationEndpoints,
  mediatorEndpoints,
  newId,
  type AccountInvited,
  type Role,
} from '@tilts/domain';
import { sourceLanguage } from '@tilts/i18n';
import { Button, Notice, PageFrame, TextPipe, Tick, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';
import { AccountFields, withoutForeignInstitution } from './account-fields';
import { OneTimeLinkCard } from './one-time-link-card';
import { whereToAssign } from './where-to-assign';

/** Inviting somebody: what they will do, who they are; then the link, once. */
@Component({
  selector: 'app-account-invite',
  imports: [AccountFields, Button, Notice, OneTimeLinkCard, PageFrame, ProblemNotice, RouterLink, TextPipe, Tick],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (made(); as made) {
      <tl-page [heading]="'access.invite.ready' | text" [back]="'access.accounts.title' | text" backLink="/accounts">
        <app-one-time-link-card
          [link]="made.link"
          [name]="made.account.name"
          [email]="made.account.email"
          [mailAsked]="form.value().byMail ?? false"
        />
        @if (made.account.role === 'mediator') {
          <tl-notice tone="info">
            {{ 'access.invite.assign' | text }}
            <a [routerLink]="toAssign().path" [queryParams]="toAssign().query">{{
              'access.invite.toProjects' | text
            }}</a>
          </tl-notice>
        }
        <div class="tl-row">
          <button type="button" tlButton="secondary" icon="add" (click)="again()">
            {{ 'access.invite.another' | text }}
          </button>
          <a tlButton="quiet" [routerLink]="['/accounts', made.account.id]">{{ 'access.invite.open' | text }}</a>
        </div>
      </tl-page>
    } @else {
      <tl-page
        [heading]="'access.invite.title' | text"
        [lead]="'access.invite.lead' | text"
        [back]="'access.accounts.title' | text"
        backLink="/accounts"
      >
        <form class="tl-stack" novalidate (submit)="invite(); $event.preventDefault()">
          <app-account-fields [form]="form" />
          @if (installation.value()?.canMail) {
            <tl-tick [field]="form.field('byMail')" [label]="'access.invite.byMail' | text" />
          }
          <app-problem [of]="form.failure()" />
          <div>
            <button tlButton type="submit" [busy]="form.sending()">{{ 'access.invite.action' | text }}</button>
          </div>
        </form>
      </tl-page>
    }
  `,
})
export class AccountInvite {
  readonly #call = inject(CALL);
  protected readonly installation = read(installationEndpoints.read, () => ({}));
  protected readonly made = signal<AccountInvited | null>(null);
  readonly #projects = readWhole(mediatorEndpoints.projects, () =>
    this.made()?.account.role === 'mediator' ? {} : undefined,
  );
  protected readonly toAssign = computed(() =>
    whereToAssign(this.#projects.value(), this.made()?.account.id ?? '', dayOf(new Date())),
  );
  protected readonly form = formFor<Fields<NewAccount>>(
    blank(),
    (value) => checkInput(NewAccount, withoutForeignInstitution(value)).problems,
  );

  protected async invite(): Promise<void> {
    const made = await this.form.submit((value) =>
      this.#call(accountEndpoints.invite, { input: withoutForeignInstitution(value) }),
    );
    if (made) this.made.set(made);
  }

  protected again(): void {
    this.form.reset(blank());
    this.made.set(null);
  }
}

// The id is made once for a form: sent again after a lost answer, it is the same person.
function blank(): Fields<NewAccount> {
  return {
    id: newId(),
    // Nobody is invited by default: the form asks.
    role: '' as Role,
    name: '',
    email: '',
    language: sourceLanguage,
    institutionId: null,
    byMail: false,
  };
}
