import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { directoryEndpoints, roles, type AccountDetails, type Role } from '@tilts/domain';
import { languageNames, languages } from '@tilts/i18n';
import {
  CardChoice,
  ChipOne,
  Notice,
  SelectField,
  TextField,
  TextPipe,
  Texts,
  type Form,
  type IconName,
} from '@tilts/ui';
import type { Fields } from '../../platform/exchange';
import { Awaiting } from '../../platform/problem';
import { readWhole } from '../../platform/read-pages';

const icons: Record<Role, IconName> = {
  mediator: 'bridge',
  socialWorker: 'institution',
  evaluator: 'chart',
  coordinator: 'settings',
};

/** What the coordinator writes about an account; the same in the invitation and when it changes. */
@Component({
  selector: 'app-account-fields',
  imports: [Awaiting, CardChoice, ChipOne, Notice, RouterLink, SelectField, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card-choice
      [field]="form().field('role')"
      [label]="'access.invite.role' | text"
      [options]="roleOptions()"
      required
    />
    @if (form().value().role === 'socialWorker') {
      <app-awaiting [of]="institutions" shape="text" [rows]="1" />
      @if (institutionOptions().length > 0) {
        <tl-select
          [field]="form().field('institutionId')"
          [label]="'access.field.institution' | text"
          [hint]="'access.invite.institutionHint' | text"
          [options]="institutionOptions()"
          required
        />
      } @else if (institutions.value()) {
        <tl-notice tone="wait">
          {{ 'access.invite.noInstitutions' | text }}
          <a routerLink="/directory">{{ 'access.invite.toInstitutions' | text }}</a>
        </tl-notice>
      }
    }
    <tl-text
      [field]="form().field('name')"
      [label]="'access.field.name' | text"
      [hint]="'access.invite.nameHint' | text"
      required
    />
    <tl-text
      type="email"
      [field]="form().field('email')"
      [label]="'access.field.email' | text"
      [hint]="'access.invite.emailHint' | text"
      required
    />
    <tl-chip-one
      [field]="form().field('language')"
      [label]="'access.field.language' | text"
      [hint]="'access.invite.languageHint' | text"
      [options]="languageOptions"
      required
    />
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class AccountFields<T extends Fields<AccountDetails>> {
  readonly form = input.required<Form<T>>();
  readonly #texts = inject(Texts);
  protected readonly institutions = readWhole(directoryEndpoints.institutions, () =>
    this.form().value().role === 'socialWorker' ? { input: {} } : undefined,
  );
  protected readonly institutionOptions = computed(() =>
    (this.institutions.value() ?? [])
      .map(({ id, name }) => ({ value: id, label: name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly languageOptions = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly roleOptions = computed(() =>
    roles.values.map((value) => ({
      value,
      label: this.#texts.text(`access.role.${value}`),
      detail: this.#texts.text(`access.roleSays.${value}`),
      icon: icons[value],
    })),
  );
}

/** Only a social worker belongs to an institution: what was chosen before for another role is not sent. */
export function withoutForeignInstitution<T extends Pick<AccountDetails, 'role' | 'institutionId'>>(value: T): T {
  return value.role === 'socialWorker' ? value : { ...value, institutionId: null };
}
