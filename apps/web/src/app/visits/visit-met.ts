import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { ageOn, type PersonView } from '@tilts/domain';
import { ChipMany, Notice, TextPipe, Texts, type Form, type Option } from '@tilts/ui';
import { changedField, tappedOf } from './changed-field';
import { meet, reach, type VisitForm } from './visit-form';

const wholeFamily = 'wholeFamily';
const nobody = 'nobody';

/** Whom I met: the whole family, nobody, or names. Being met is not being helped, and choosing is optional. */
@Component({
  selector: 'app-visit-met',
  imports: [ChipMany, Notice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-chip-many [label]="'visits.form.met' | text" [options]="options()" [first]="8" [field]="met()" />
    @if (!form().value().reached) {
      <tl-notice tone="plain" [live]="true">{{ 'visits.form.nobodyHint' | text }}</tl-notice>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class VisitMet {
  readonly form = input.required<Form<VisitForm>>();
  readonly members = input.required<readonly PersonView[]>();
  readonly #texts = inject(Texts);

  protected readonly options = computed<Option<string>[]>(() => {
    const { channel, day } = this.form().value();
    const persons = this.members().map((person) => personOption(this.#texts, person, day));
    const all = persons.length > 1 ? [{ value: wholeFamily, label: this.#texts.text('visits.form.wholeFamily') }] : [];
    const missed =
      channel === 'homeVisit' ? 'homeVisit' : ['phone', 'message', 'online'].includes(channel) ? 'noAnswer' : 'noShow';
    return [...all, { value: nobody, label: this.#texts.text(`visits.form.nobody.${missed}`) }, ...persons];
  });

  protected readonly met = computed(() =>
    changedField<readonly string[]>(
      this.form(),
      'metPersonIds',
      (form) => this.#shown(form),
      (form, to) => this.#tapped(form, to),
    ),
  );

  #shown(form: VisitForm): string[] {
    if (!form.reached) return [nobody];
    const all = this.members().length > 1 && this.members().every((person) => form.metPersonIds.includes(person.id));
    return all ? [wholeFamily, ...form.metPersonIds] : form.metPersonIds;
  }

  #tapped(form: VisitForm, to: readonly string[]): VisitForm {
    const tap = tappedOf(this.#shown(form), to);
    if (tap === nobody) return reach(form, !form.reached);
    const there = reach(form, true);
    if (tap === wholeFamily)
      return meet(there, to.includes(wholeFamily) ? this.members().map((person) => person.id) : []);
    // Somebody was met after all: what was chosen before „nobody” is still there, so the tapped name is added to it.
    if (!form.reached && tap) return meet(there, [...new Set([...form.metPersonIds, tap])]);
    return meet(
      there,
      to.filter((value) => value !== wholeFamily),
    );
  }
}

/** „Pēteris, 12 g.” */
export function personOption(texts: Texts, person: PersonView, day: string): Option<string> {
  const years = ageOn(person, day);
  return {
    value: person.id,
    label: person.firstName,
    ...(years !== null && { detail: texts.text('visits.form.age', { years }) }),
  };
}
