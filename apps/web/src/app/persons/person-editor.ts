import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import {
  NewPerson,
  PersonChange,
  PersonDetails,
  checkInput,
  declaredOf,
  familyEndpoints,
  newId,
  personEndpoints,
  similarNames,
} from '@tilts/domain';
import { Button, DateField, Notice, PageFrame, Snack, TextPipe, Texts, formFor, type FormField } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Handed } from '../platform/handed';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { WhereMark } from '../platform/where-mark';
import { PersonFields, blankPerson } from './person-fields';

type PersonForm = PersonDetails & { leftOn?: string | null };

/** A new member of a family, or what is known about one. */
@Component({
  selector: 'app-person-editor',
  imports: [Awaiting, Button, DateField, Notice, PageFrame, PersonFields, ProblemNotice, TextPipe, WhereMark],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './person-editor.html',
  styles: `
    form {
      display: grid;
      gap: 20px;
    }
  `,
})
export class PersonEditor {
  /** `/families/:family/persons/new` */
  readonly family = input<string>();
  /** `/persons/:id/edit` */
  readonly id = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  /** What the office did not take about a person, brought here to be corrected. */
  readonly #refused = inject(Handed).take<PersonForm & { id?: string }>('POST /persons', 'PUT /persons/{id}');
  // Made once, so that the same person sent twice stays one.
  readonly #newId = this.#refused?.id ?? newId();

  protected readonly person = read(personEndpoints.read, () => {
    const id = this.id();
    return id ? { params: { id } } : undefined;
  });
  protected readonly familyId = computed(() => this.family() ?? this.person.value()?.familyId);
  protected readonly familyView = read(familyEndpoints.read, () => {
    const id = this.familyId();
    return id ? { params: { id } } : undefined;
  });
  readonly #mine = read(personEndpoints.list, () => ({ input: {} }));

  protected readonly form = formFor<PersonForm>(
    this.#refused ? detailsOf(this.#refused) : blankPerson('child'),
    (value) => this.#check(value),
  );
  protected readonly at = <K extends keyof PersonDetails>(name: K) =>
    this.form.field(name) as unknown as FormField<PersonDetails[K]>;
  readonly #version = signal(0);

  /** Namesakes within the mediator's own families: perhaps the same human being was written down before. */
  protected readonly alike = computed(() => {
    const value = this.form.value();
    if (this.id() || value.firstName.trim().length < 3) return [];
    return similarNames(value, this.#mine.value()?.items ?? []).slice(0, 3);
  });

  constructor() {
    effect(() => {
      const person = this.person.value();
      if (!person || person.version === this.#version()) return;
      const first = this.#version() === 0;
      // What is being typed is not swept away by what came from elsewhere: saved over it, the two are put together.
      if (!first && untracked(this.form.dirty)) return;
      this.#version.set(person.version);
      if (!first || !this.#refused) this.form.reset(detailsOf(person));
    });
  }

  protected async save(): Promise<void> {
    const familyId = this.familyId();
    if (!familyId) return;
    const saved = await this.form.submit((value) => {
      const { leftOn, ...details } = value;
      return this.id()
        ? this.#call(personEndpoints.change, {
            params: { id: this.id() ?? '' },
            input: { ...details, leftOn: leftOn ?? null, version: this.#version() },
          })
        : this.#call(personEndpoints.create, { input: { ...details, id: this.#newId, familyId } });
    });
    if (!saved) return;
    await this.#snack.show(this.#texts.text('persons.editor.saved', { name: saved.firstName }));
    await this.#router.navigate(['/families', saved.familyId]);
  }

  #check(value: PersonForm) {
    const { leftOn, ...details } = value;
    return this.id()
      ? checkInput(PersonChange, { ...details, leftOn, version: Math.max(1, this.#version()) }).problems
      : checkInput(NewPerson, { ...details, id: this.#newId, familyId: this.#newId }).problems;
  }
}

function detailsOf(person: PersonForm): PersonForm {
  return { ...declaredOf(PersonDetails, person), leftOn: person.leftOn ?? null };
}
