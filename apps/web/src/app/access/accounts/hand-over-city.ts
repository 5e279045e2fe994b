import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  HandOver,
  accountEndpoints,
  checkInput,
  dayOf,
  type AssignmentView,
  type FamilyToHandOver,
} from '@tilts/domain';
import {
  Button,
  Card,
  ChipOne,
  Confirm,
  DateField,
  DayPipe,
  GroupFrame,
  Notice,
  SelectField,
  Snack,
  TextPipe,
  Texts,
  Tick,
  formFor,
  type Form,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { ProblemNotice } from '../../platform/problem';
import { mediatorsIn } from './work-places';

interface Wish {
  toMediatorId: string | null;
  on: string | null;
  which: 'all' | 'some';
  /** Of `some`. */
  familyIds: readonly string[];
}

/** The families of one city: which of them, to whom, from which day. */
@Component({
  selector: 'app-hand-over-city',
  imports: [
    Button,
    Card,
    ChipOne,
    DateField,
    DayPipe,
    GroupFrame,
    Notice,
    ProblemNotice,
    RouterLink,
    SelectField,
    TextPipe,
    Tick,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './hand-over-city.html',
  styles: `
    form {
      margin-block-start: 4px;
    }
    .families {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr));
      gap: 0 16px;
    }
    .row {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    @media (min-width: 600px) {
      .row {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class HandOverCity {
  readonly from = input.required<string>();
  readonly municipality = input.required<string>();
  readonly families = input.required<readonly FamilyToHandOver[]>();
  readonly assignments = input.required<readonly AssignmentView[]>();
  readonly done = output();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());

  readonly #municipalityId = computed(() => this.families()[0]?.municipalityId ?? '');
  protected readonly form: Form<Wish> = formFor<Wish>(blank(this.today), (value) => [
    ...checkInput(HandOver, this.#inputOf(value)).problems,
    // Chosen for one day, and not working there on another.
    ...(value.toMediatorId && !this.candidates().some((one) => one.value === value.toMediatorId)
      ? [{ field: 'toMediatorId', code: 'required' }]
      : []),
    ...(value.which === 'some' && value.familyIds.length === 0 ? [{ field: 'familyIds', code: 'required' }] : []),
  ]);
  protected readonly candidates = computed(() =>
    mediatorsIn(this.#municipalityId(), this.form.value().on ?? this.today, this.assignments(), this.from()).map(
      ({ id, name }) => ({ value: id, label: name }),
    ),
  );

  protected readonly choices = computed(() => [
    { value: 'all' as const, label: this.#texts.text('access.handOver.all', { count: this.families().length }) },
    { value: 'some' as const, label: this.#texts.text('access.handOver.some') },
  ]);
  protected readonly count = computed(() =>
    this.form.value().which === 'all' ? this.families().length : this.form.value().familyIds.length,
  );

  protected tick(family: FamilyToHandOver, along: boolean): void {
    const others = this.form.value().familyIds.filter((id) => id !== family.id);
    this.form.field('familyIds').set(along ? [...others, family.id] : others);
  }

  protected async handOver(): Promise<void> {
    if (this.form.showProblems()) return;
    const count = this.count();
    const { toMediatorId, on } = this.form.value();
    const name = this.candidates().find(({ value }) => value === toMediatorId)?.label ?? '';
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('access.handOver.ask', { count, name }),
      text: this.#texts.text('access.handOver.askText', { day: this.#texts.day(on ?? this.today, 'numeric') }),
      yes: this.#texts.text('access.handOver.action', { count }),
    });
    if (!sure) return;
    const handed = await this.form.submit((value) =>
      this.#call(accountEndpoints.handOver, { params: { id: this.from() }, input: this.#inputOf(value) }),
    );
    if (!handed) return;
    await this.#snack.show(this.#texts.text('access.handOver.done', { count: handed.families.length, name }));
    this.form.reset(blank(this.today));
    this.done.emit();
  }

  #inputOf({ toMediatorId, on, which, familyIds }: Wish): Fields<HandOver> {
    return {
      municipalityId: this.#municipalityId(),
      // The check refuses what is missing.
      toMediatorId: toMediatorId as string,
      on: on as string,
      // All: also those that were registered while this page was open.
      familyIds: which === 'all' ? null : [...familyIds],
    };
  }
}

function blank(on: string): Wish {
  return { toMediatorId: null, on, which: 'all', familyIds: [] };
}
