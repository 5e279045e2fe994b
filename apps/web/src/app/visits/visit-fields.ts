import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { AssistanceKind, NeedArea, PersonView } from '@tilts/domain';
import { ChipMany, TextPipe, type Form } from '@tilts/ui';
import { changedField, tappedOf } from './changed-field';
import { VisitChoices, shownFirst } from './visit-choices';
import { VisitCircumstances } from './visit-circumstances';
import { toggleArea, toggleKind, type VisitForm } from './visit-form';
import { VisitHelps } from './visit-helps';
import { VisitMet } from './visit-met';
import { VisitMinutes } from './visit-minutes';
import { VisitMore } from './visit-more';

/** Everything that is asked about a visit, in the order in which one remembers it; the same for a new one and for a correction. */
@Component({
  selector: 'app-visit-fields',
  imports: [ChipMany, TextPipe, VisitCircumstances, VisitHelps, VisitMet, VisitMinutes, VisitMore],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-visit-circumstances [form]="form()" />
    <app-visit-met [form]="form()" [members]="members()" />
    @if (form().value().reached) {
      <tl-chip-many
        [label]="'visits.form.areas' | text"
        [options]="choices.areas()"
        [first]="first"
        [field]="areas()"
      />
      <div class="help">
        <tl-chip-many
          [label]="'visits.form.kinds' | text"
          [options]="choices.kinds()"
          [first]="first"
          [field]="kinds()"
        />
        <app-visit-helps [form]="form()" [members]="members()" />
      </div>
    }
    <app-visit-minutes [form]="form()" />
    <app-visit-more [form]="form()" [members]="members()" [withOutcomes]="withOutcomes()" />
  `,
  styles: `
    :host {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
    .help {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
    .help > app-visit-helps:empty {
      display: none;
    }
  `,
})
export class VisitFields {
  readonly form = input.required<Form<VisitForm>>();
  readonly members = input.required<readonly PersonView[]>();
  readonly withOutcomes = input(true);
  protected readonly choices = inject(VisitChoices);
  protected readonly first = shownFirst;

  protected readonly areas = computed(() =>
    changedField<readonly NeedArea[]>(
      this.form(),
      'needAreas',
      (form) => form.needAreas,
      (form, to) => {
        const tap = tappedOf(form.needAreas, to);
        return tap ? toggleArea(form, tap) : form;
      },
    ),
  );

  protected readonly kinds = computed(() => {
    const chosen = (form: VisitForm): AssistanceKind[] => [...new Set(form.helps.map((help) => help.kind))];
    return changedField<readonly AssistanceKind[]>(this.form(), 'helps', chosen, (form, to) => {
      const tap = tappedOf(chosen(form), to);
      return tap ? toggleKind(form, tap) : form;
    });
  });
}
