import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import type { PersonView } from '@tilts/domain';
import { Button, ChipMany, ChipOne, TextPipe, Texts, type Form, type FormField, type Option } from '@tilts/ui';
import { changedField, tappedOf } from './changed-field';
import { VisitChoices } from './visit-choices';
import { helpGroup, personsHelped, toggleHelpArea, toggleHelped, type Help, type VisitForm } from './visit-form';
import { personOption } from './visit-met';

interface HelpCard {
  key: string;
  kind: string;
  /** For whom is being asked; else it is the family, in one line. */
  asks: boolean;
  areas: FormField<readonly string[] | null | undefined>;
  group: FormField<string | null | undefined>;
  persons: FormField<readonly string[] | null | undefined>;
}

/**
 * For every chosen kind of help: for whom, and with several need areas in which of them. It stays one quiet line
 * („Informēju · Ģimenei”) until somebody was met, so that the common visit stays short.
 */
@Component({
  selector: 'app-visit-helps',
  imports: [Button, ChipMany, ChipOne, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-helps.html',
  styles: `
    :host {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
    .card {
      display: grid;
      gap: 12px;
      grid-template-columns: minmax(0, 1fr);
      padding: 14px;
      border: 1px solid var(--tl-accent-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
    .card.short {
      padding: 0 2px 0 14px;
    }
    .family {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0 12px;
      min-block-size: 48px;
    }
    .chips {
      display: grid;
      gap: 8px;
    }
  `,
})
export class VisitHelps {
  readonly form = input.required<Form<VisitForm>>();
  readonly members = input.required<readonly PersonView[]>();
  protected readonly choices = inject(VisitChoices);
  readonly #texts = inject(Texts);
  protected readonly opened = signal<ReadonlySet<string>>(new Set());

  protected readonly cards = computed<HelpCard[]>(() =>
    this.form()
      .value()
      .helps.map((help) => this.#card(help)),
  );

  protected readonly severalAreas = computed(() => this.form().value().needAreas.length > 1);
  protected readonly areas = computed(() =>
    this.choices.areas().filter((option) => this.form().value().needAreas.includes(option.value)),
  );

  protected readonly groups = computed<Option<string>[]>(() => {
    const met = this.form().value().metPersonIds.length;
    const everyone =
      met === 1
        ? this.#texts.text('visits.form.forOneMet')
        : this.#texts.text('visits.form.forEveryoneMet', { count: met });
    return [
      { value: 'family', label: this.#texts.text('visits.form.forFamily') },
      ...(met > 0 ? [{ value: 'everyoneMet', label: everyone }] : []),
    ];
  });

  /** Those who were met stand first: help usually went to one of them. */
  protected readonly persons = computed<Option<string>[]>(() => {
    const { metPersonIds, day } = this.form().value();
    const met = (person: PersonView): boolean => metPersonIds.includes(person.id);
    return [...this.members().filter(met), ...this.members().filter((person) => !met(person))].map((person) =>
      personOption(this.#texts, person, day),
    );
  });
  protected readonly firstPersons = computed(() => Math.max(4, this.form().value().metPersonIds.length));

  protected openCard(key: string): void {
    this.opened.update((keys) => new Set(keys).add(key));
  }

  #card({ key, kind, toWhom }: Help): HelpCard {
    const form = this.form();
    const now = (value: VisitForm): Help | undefined => value.helps.find((help) => help.key === key);
    const helped = (value: VisitForm): string[] => {
      const help = now(value);
      return help ? personsHelped(value, help) : [];
    };
    return {
      key,
      kind: this.#texts.text(`visits.form.kind.${kind}`),
      asks: form.value().metPersonIds.length > 0 || toWhom !== 'family' || this.opened().has(key),
      areas: changedField<readonly string[]>(
        form,
        `${key}.areas`,
        (value) => now(value)?.inAreas.map((one) => one.area) ?? [],
        (value, to) => {
          const area = this.areas().find(
            (option) => option.value === tappedOf(now(value)?.inAreas.map((one) => one.area as string) ?? [], to),
          )?.value;
          return area ? toggleHelpArea(value, key, area) : value;
        },
      ),
      group: changedField<string>(
        form,
        `${key}.group`,
        (value) => now(value)?.toWhom ?? 'family',
        (value, to) => helpGroup(value, key, to === 'everyoneMet' ? 'everyoneMet' : 'family'),
      ),
      persons: changedField<readonly string[]>(form, `${key}.persons`, helped, (value, to) => {
        const tap = tappedOf(helped(value), to);
        return tap ? toggleHelped(value, key, tap) : value;
      }),
    };
  }
}
