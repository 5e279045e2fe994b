import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { addDays, addMonths, dayOf, monthOf, type OutcomeType, type PersonView } from '@tilts/domain';
import {
  ChipMany,
  ChipOne,
  DateField,
  Icon,
  TextArea,
  TextField,
  TextPipe,
  Texts,
  type Form,
  type FormField,
  type Option,
} from '@tilts/ui';
import { changedField, tappedOf } from './changed-field';
import { VisitChoices } from './visit-choices';
import { giveOutcome, toggleOutcome, type VisitForm } from './visit-form';
import { personOption } from './visit-met';

const family = 'family';

/** What not every visit has: results, a note, a next step. Folded, so that the common visit stays one screen. */
@Component({
  selector: 'app-visit-more',
  imports: [ChipMany, ChipOne, DateField, Icon, TextArea, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-more.html',
  styles: `
    :host {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
    .fold {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 8px;
      min-block-size: 48px;
      inline-size: 100%;
      padding: 6px 16px;
      border: 1px solid var(--tl-line);
      border-radius: 16px;
      background: var(--tl-card);
      color: var(--tl-accent);
      font-weight: 600;
      text-align: start;
      cursor: pointer;
    }
    .fold:hover {
      border-color: var(--tl-accent-line);
    }
    .step,
    .results {
      display: grid;
      gap: 12px;
      grid-template-columns: minmax(0, 1fr);
    }
    .inside {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
    .given {
      display: grid;
      gap: 8px;
      padding: 14px;
      border: 1px solid var(--tl-accent-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
  `,
})
export class VisitMore {
  readonly form = input.required<Form<VisitForm>>();
  readonly members = input.required<readonly PersonView[]>();
  /** Results are ticked with a new visit only: a correction of the visit does not touch them. */
  readonly withOutcomes = input(true);
  protected readonly choices = inject(VisitChoices);
  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());

  readonly #used = computed(() => {
    const { outcomes, note, nextStep, nextStepOn } = this.form().value();
    const wrong = (['note', 'nextStep', 'nextStepOn'] as const).some((name) => this.form().field(name).problem());
    return wrong || outcomes.length > 0 || Boolean(note ?? nextStep ?? nextStepOn);
  });
  /** What holds something opens by itself; it closes only by a tap. */
  protected readonly open = linkedSignal<boolean, boolean>({
    source: this.#used,
    computation: (used, before) => used || (before?.value ?? false),
  });

  protected readonly outcomes = computed(() =>
    changedField<readonly OutcomeType[]>(
      this.form(),
      'outcomes',
      (form) => form.outcomes.map((outcome) => outcome.type),
      (form, to) => {
        const tap = tappedOf(
          form.outcomes.map((outcome) => outcome.type),
          to,
        );
        return tap ? toggleOutcome(form, tap) : form;
      },
    ),
  );

  protected readonly given = computed(() =>
    this.form()
      .value()
      .outcomes.map(({ id, type }) => ({
        id,
        words: this.#texts.text(`outcomes.type.${type}`),
        field: this.#receiver(id),
      })),
  );

  protected readonly receivers = computed<Option<string>[]>(() => [
    { value: family, label: this.#texts.text('visits.form.forFamily') },
    ...this.members().map((person) => personOption(this.#texts, person, this.form().value().day)),
  ]);

  protected readonly days = computed<Option<string>[]>(() => [
    { value: addDays(this.today, 1), label: this.#texts.text('visits.form.tomorrow') },
    { value: addDays(this.today, 7), label: this.#texts.text('visits.form.inAWeek') },
    { value: inAMonth(this.today), label: this.#texts.text('visits.form.inAMonth') },
  ]);

  #receiver(id: string): FormField<string | null | undefined> {
    return changedField<string>(
      this.form(),
      `${id}.personId`,
      (form) => form.outcomes.find((outcome) => outcome.id === id)?.personId ?? family,
      (form, to) => giveOutcome(form, id, to === family ? null : to),
    );
  }
}

/** The same day of the next month, or four weeks on where that month is too short. */
function inAMonth(day: string): string {
  return Number(day.slice(8)) <= 28 ? `${addMonths(monthOf(day), 1)}${day.slice(7)}` : addDays(day, 28);
}
