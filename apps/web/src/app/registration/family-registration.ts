import { ChangeDetectionStrategy, Component, computed, effect, inject, linkedSignal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  NewFamily,
  checkInput,
  currentNoticeVersion,
  dayOf,
  newId,
  personEndpoints,
  registrationEndpoints,
  similarNames,
  type NewHouseholdMember,
  type PersonDetails,
  type RecordConsent,
} from '@tilts/domain';
import { Button, Card, ChipOne, Notice, PageFrame, Section, TextPipe, Texts, formFor, type FormField } from '@tilts/ui';
import { Session } from '../access/session';
import { NoticeReadAloud } from '../consents/notice-read-aloud';
import { FamilyFields } from '../families/family-fields';
import { PersonFields, blankPerson } from '../persons/person-fields';
import { CALL } from '../platform/call';
import { Handed } from '../platform/handed';
import type { Fields } from '../platform/exchange';
import { ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';

type FamilyForm = Fields<NewFamily>;

/** A new family: hears the notice, says yes, is written down with its members. Nothing is kept before the yes, so there is no draft of this page. */
@Component({
  selector: 'app-family-registration',
  imports: [
    Button,
    Card,
    ChipOne,
    FamilyFields,
    Notice,
    NoticeReadAloud,
    PageFrame,
    PersonFields,
    ProblemNotice,
    RouterLink,
    Section,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './family-registration.html',
  styleUrl: './family-registration.scss',
})
export class FamilyRegistration {
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);

  protected readonly workPlaces = computed(() =>
    (this.#session.me()?.workPlaces ?? []).map((place) => ({ value: place.municipalityId, label: place.name })),
  );
  readonly #mine = read(personEndpoints.list, () => ({ input: {} }));

  // Every id is made once: sending the same form again is the same family.
  protected readonly form = formFor<FamilyForm>(
    inject(Handed).take<FamilyForm>('POST /families') ?? {
      id: newId(),
      municipalityId: this.workPlaces()[0]?.value ?? '',
      name: '',
      consent: {
        id: newId(),
        givenOn: dayOf(new Date()),
        noticeVersion: currentNoticeVersion,
        noticeRead: false,
        spokenYes: false,
        giver: 'person',
      } as RecordConsent,
      persons: [member('contact')],
    },
    (value) => checkInput(NewFamily, value).problems,
  );
  protected readonly members = computed(() =>
    this.form.value().persons.map((person, index) => ({ id: person.id, index, at: this.#at(index) })),
  );
  /** Which member is open for writing; the others are one line each. */
  protected readonly open = linkedSignal<string | undefined>(() => this.form.value().persons.at(-1)?.id);

  protected readonly consentAt = <K extends 'noticeRead' | 'spokenYes' | 'giver'>(name: K) =>
    this.form.at<RecordConsent[K]>(`consent.${name}`);

  constructor() {
    // Most families are called by their contact: proposed as long as nobody wrote another name.
    let proposed = '';
    effect(() => {
      const [contact] = this.form.value().persons;
      const name = [contact?.firstName, contact?.lastName].filter(Boolean).join(' ');
      untracked(() => {
        if (this.form.value().name === proposed && name !== proposed) this.form.patch({ name });
        proposed = this.form.value().name === name ? name : proposed;
      });
    });
  }

  protected readonly alike = computed(() => {
    const known = this.#mine.value()?.items ?? [];
    return this.form
      .value()
      .persons.filter((person) => person.firstName.trim().length > 2 && similarNames(person, known).length > 0)
      .map((person) => person.firstName);
  });

  protected lineOf(index: number): string {
    const person = this.form.value().persons[index];
    if (!person?.firstName) return this.#texts.text('registration.unnamed');
    return [person.firstName, person.lastName, person.birthYear].filter(Boolean).join(' ');
  }

  protected roleOf(index: number): string {
    const person = this.form.value().persons[index];
    return person ? this.#texts.text(`persons.householdRole.${person.householdRole}`) : '';
  }

  protected add(): void {
    // Most families share a surname; it can be changed.
    const lastName = this.form.value().persons[0]?.lastName ?? null;
    this.form.patch({ persons: [...this.form.value().persons, { ...member('child'), lastName }] });
  }

  protected remove(id: string): void {
    this.form.patch({ persons: this.form.value().persons.filter((person) => person.id !== id) });
  }

  protected async save(): Promise<void> {
    const family = await this.form.submit((input) => this.#call(registrationEndpoints.register, { input }));
    if (!family) {
      // A wrong field of a folded member must be seen.
      const wrong = this.form.problems().find((problem) => problem.field.startsWith('persons.'));
      const index = Number(wrong?.field.split('.')[1]);
      if (wrong) this.open.set(this.form.value().persons[index]?.id);
      return;
    }
    await this.#router.navigate(['/families', family.id], { queryParams: { new: 1 } });
  }

  #at(index: number) {
    return <K extends keyof PersonDetails>(name: K): FormField<PersonDetails[K]> =>
      this.form.at<PersonDetails[K]>(`persons.${index}.${name}`);
  }
}

function member(role: PersonDetails['householdRole']): NewHouseholdMember {
  return { ...blankPerson(role), id: newId() };
}
