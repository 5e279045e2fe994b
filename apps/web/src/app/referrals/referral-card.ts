import { ChangeDetectionStrategy, Component, computed, inject, input, model } from '@angular/core';
import type { NeedArea, PersonInReferral, TravelField } from '@tilts/domain';
import { formatPhone } from '@tilts/i18n';
import { Card, Switch, TextPipe, Texts } from '@tilts/ui';

interface Line {
  field: TravelField | null;
  label: string;
  value: string | null;
}

/**
 * The card of a referral: exactly what the institution sees. Before sending, the mediator sees the same card with a switch
 * beside each thing that may be left out.
 */
@Component({
  selector: 'app-referral-card',
  imports: [Card, Switch, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card [heading]="'referrals.card.request' | text">
      <p class="need">{{ area() }}</p>
      @if (request(); as words) {
        <p class="request">{{ words }}</p>
      } @else {
        <p class="tl-muted">{{ 'referrals.card.noRequest' | text }}</p>
      }
      <dl>
        @for (line of lines(); track line.label) {
          <div>
            <dt>{{ line.label }}</dt>
            <dd [class.tl-muted]="line.value === null">{{ line.value ?? ('referrals.card.notSent' | text) }}</dd>
            @if (line.field; as field) {
              @if (choosing()) {
                <tl-switch
                  [label]="line.label"
                  [on]="'ui.send' | text"
                  [off]="'ui.notSent' | text"
                  [value]="travels().includes(field)"
                  (valueChange)="toggle(field, $event)"
                />
              }
            }
          </div>
        }
        @for (line of more(); track line.label) {
          <div>
            <dt>{{ line.label }}</dt>
            <dd>{{ line.value }}</dd>
          </div>
        }
      </dl>
    </tl-card>
  `,
  styles: `
    .need {
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
    .request {
      font-size: 1.125rem;
      line-height: 1.5;
      margin-block: 2px 6px;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
    dl {
      margin: 8px 0 0;
    }
    dl > div {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 0 12px;
      align-items: center;
      padding-block: 9px;
      border-block-end: 1px solid var(--tl-line);
      min-block-size: 30px;
    }
    dl > div:last-child {
      border-block-end: 0;
    }
    dt {
      color: var(--tl-muted);
      font-size: 0.9375rem;
      grid-column: 1;
    }
    dd {
      margin: 0;
      grid-column: 1;
      overflow-wrap: anywhere;
    }
    tl-switch {
      grid-column: 2;
      grid-row: 1 / span 2;
    }
    @media (min-width: 600px) {
      dl > div {
        grid-template-columns: minmax(0, 38%) minmax(0, 1fr) auto;
      }
      dd {
        grid-column: 2;
      }
      tl-switch {
        grid-column: 3;
        grid-row: 1;
      }
    }
  `,
})
export class ReferralCard {
  readonly person = input.required<PersonInReferral>();
  readonly request = input.required<string | null>();
  readonly needArea = input.required<NeedArea | null>();
  /** The sender chooses what travels. */
  readonly choosing = input(false);
  readonly travels = model<readonly TravelField[]>([]);
  /** Lines of the page around it: the ground, the case number. */
  readonly more = input<readonly { label: string; value: string }[]>([]);
  readonly #texts = inject(Texts);

  protected readonly area = computed(() => {
    const area = this.needArea();
    return area ? this.#texts.text(`directory.needArea.${area}`) : '';
  });

  protected readonly lines = computed<Line[]>(() => {
    const person = this.person();
    const label = (field: TravelField) => this.#texts.text(`referrals.travelField.${field}`);
    const lines: Line[] = [
      { field: null, label: this.#texts.text('referrals.card.firstName'), value: person.firstName },
      { field: 'lastName', label: label('lastName'), value: person.lastName },
      {
        field: null,
        label: this.#texts.text('referrals.card.birthYear'),
        value: person.birthYear === null ? null : String(person.birthYear),
      },
      { field: 'birthDate', label: label('birthDate'), value: person.birthDate && this.#texts.day(person.birthDate) },
      { field: 'phone', label: label('phone'), value: person.phone && formatPhone(person.phone) },
      { field: 'address', label: label('address'), value: person.address },
      {
        field: 'language',
        label: label('language'),
        value: person.language && this.#texts.text(`families.language.${person.language}`),
      },
      {
        field: 'household',
        label: label('household'),
        value: person.household === null ? null : this.#texts.figure(person.household),
      },
    ];
    // The receiver is not shown a list of what was kept back.
    return this.choosing() ? lines : lines.filter((line) => line.value !== null);
  });

  protected toggle(field: TravelField, on: boolean | null | undefined): void {
    this.travels.set(on ? [...this.travels(), field] : this.travels().filter((other) => other !== field));
  }
}

/** „Anna B., dz. 1984”: how a person in a referral is called in a heading. */
export function personWords(texts: Texts, person: PersonInReferral | null): string {
  if (!person) return texts.text('referrals.card.nobody');
  const name = [person.firstName, person.lastName].filter(Boolean).join(' ');
  return person.birthYear === null
    ? name
    : texts.text('referrals.card.nameAndYear', { name, year: String(person.birthYear) });
}
