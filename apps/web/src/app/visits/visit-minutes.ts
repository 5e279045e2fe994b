import { ChangeDetectionStrategy, Component, computed, input, linkedSignal } from '@angular/core';
import { ChipOne, Stepper, TextPipe, type Form, type Option } from '@tilts/ui';

const usual = [15, 30, 45, 60];

/** How long it took, in minutes: four usual answers or any other. Never filled in beforehand, since it is a figure of the report. */
@Component({
  selector: 'app-visit-minutes',
  imports: [ChipOne, Stepper, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-chip-one [label]="'visits.form.minutes' | text" [options]="options" [field]="form().field('minutes')">
      <button
        type="button"
        class="other"
        [class.on]="other()"
        [attr.aria-expanded]="other()"
        (click)="other.set(!other())"
      >
        {{ 'visits.form.otherMinutes' | text }}
      </button>
    </tl-chip-one>
    @if (other()) {
      <tl-stepper
        [label]="'visits.form.typedMinutes' | text"
        [min]="5"
        [max]="1440"
        [by]="15"
        [value]="form().value().minutes"
        (valueChange)="
          form()
            .field('minutes')
            .set($event ?? null)
        "
      />
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      grid-template-columns: minmax(0, 1fr);
    }
    .other {
      min-block-size: 48px;
      padding: 6px 14px;
      border: 1.5px solid var(--tl-edge-soft);
      border-radius: var(--tl-round);
      background: var(--tl-card);
      color: var(--tl-accent);
      font-size: 0.9688rem;
      font-weight: 500;
      cursor: pointer;
    }
    .other.on {
      border-color: var(--tl-accent);
      background: var(--tl-accent-soft);
      font-weight: 600;
    }
    .other:hover {
      border-color: var(--tl-accent);
    }
  `,
})
export class VisitMinutes {
  readonly form = input.required<Form<{ minutes: number | null }>>();
  protected readonly options: Option<number>[] = usual.map((value) => ({ value, label: String(value) }));
  protected readonly other = linkedSignal<boolean, boolean>({
    source: computed(() => {
      const { minutes } = this.form().value();
      return minutes !== null && !usual.includes(minutes);
    }),
    computation: (unusual, before) => unusual || (before?.value ?? false),
  });
}
