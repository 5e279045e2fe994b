import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { addDays, dayOf } from '@tilts/domain';
import { ChipOne, DateField, Icon, TextPipe, Texts, type Form, type Option } from '@tilts/ui';
import { changedField } from './changed-field';
import { VisitChoices } from './visit-choices';
import { meetBy, type VisitForm } from './visit-form';

/** When, how, where and in which role: usually right as it stands, so it is one line that opens by a tap. */
@Component({
  selector: 'app-visit-circumstances',
  imports: [ChipOne, DateField, Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-circumstances.html',
  styles: `
    :host {
      display: block;
      margin-block: -12px -8px;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0 5px;
      min-block-size: 48px;
      inline-size: 100%;
      padding: 4px 0;
      border: 0;
      background: none;
      color: var(--tl-muted);
      font-size: 0.875rem;
      text-align: start;
      cursor: pointer;
    }
    .line:hover .change {
      text-decoration: underline;
      text-underline-offset: 3px;
    }
    .change {
      display: inline-flex;
      align-items: center;
      gap: 2px;
      color: var(--tl-accent);
      font-weight: 600;
      --tl-icon: 16px;
    }
    .panel {
      display: grid;
      gap: 18px;
      grid-template-columns: minmax(0, 1fr);
      padding: 16px;
      border: 1px solid var(--tl-accent-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
    .days {
      display: grid;
      gap: 12px;
    }
    .pickers {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 12px;
      align-items: end;
    }
  `,
})
export class VisitCircumstances {
  readonly form = input.required<Form<VisitForm>>();
  protected readonly choices = inject(VisitChoices);
  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());

  readonly #wrong = computed(() =>
    (['day', 'time', 'channel', 'place', 'capacity'] as const).some((name) => this.form().field(name).problem()),
  );
  /** A problem inside opens the panel, so that it can be seen and focused. */
  protected readonly open = linkedSignal<boolean, boolean>({
    source: this.#wrong,
    computation: (wrong, before) => wrong || (before?.value ?? false),
  });

  protected readonly channel = computed(() => changedField(this.form(), 'channel', (form) => form.channel, meetBy));
  protected readonly days = computed<Option<string>[]>(() => [
    { value: this.today, label: this.#texts.text('visits.form.today') },
    { value: addDays(this.today, -1), label: this.#texts.text('visits.form.yesterday') },
  ]);

  protected readonly parts = computed(() => {
    const { day, time, channel, capacity } = this.form().value();
    const near = this.days().find((option) => option.value === day)?.label;
    const when = near ?? this.#texts.day(day, 'numeric');
    const how = this.#texts.text(`visits.channel.${channel}`);
    // A label that goes on inside a line begins small.
    const small = how.charAt(0).toLocaleLowerCase(this.#texts.language()) + how.slice(1);
    return [time ? `${when} ${time}` : when, small, this.#texts.text(`visits.form.role.${capacity}`)];
  });

  protected toggle(): void {
    this.open.set(!this.open());
  }
}
