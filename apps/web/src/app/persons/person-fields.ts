import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { employmentStatuses, genders, householdRoles, schoolStatuses, type PersonDetails } from '@tilts/domain';
import {
  ChipOne,
  DateField,
  NumberField,
  PhoneField,
  SelectField,
  TextField,
  TextPipe,
  type FormField,
} from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';

/** The fields of one person, in a form of their own or among the members of a new family. */
@Component({
  selector: 'app-person-fields',
  imports: [ChipOne, DateField, NumberField, PhoneField, SelectField, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './person-fields.html',
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    .pair {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    summary {
      min-block-size: 48px;
      display: flex;
      align-items: center;
      color: var(--tl-accent);
      font-weight: 600;
      cursor: pointer;
    }
    details > div {
      display: grid;
      gap: 16px;
      padding-block-start: 4px;
    }
    @media (min-width: 600px) {
      .pair {
        grid-template-columns: 1fr 1fr;
      }
    }
  `,
})
export class PersonFields {
  /** Finds the field of a name: `(name) => form.at('persons.0.' + name)`. */
  readonly at = input.required<<K extends keyof PersonDetails>(name: K) => FormField<PersonDetails[K]>>();

  readonly #lists = inject(CodeLists);
  protected readonly roles = computed(() => this.#lists.options(householdRoles));
  protected readonly genders = computed(() => this.#lists.options(genders));
  protected readonly schools = computed(() => this.#lists.options(schoolStatuses));
  protected readonly works = computed(() => this.#lists.options(employmentStatuses));
}

/** A person of whom nothing is known yet; no default tells a figure. */
export function blankPerson(householdRole: PersonDetails['householdRole']): PersonDetails {
  return {
    firstName: '',
    lastName: null,
    birthDate: null,
    birthYear: null,
    householdRole,
    gender: 'notStated',
    schoolStatus: 'unknown',
    employmentStatus: 'unknown',
    phone: null,
  };
}
