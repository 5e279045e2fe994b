import { Injectable, computed, inject } from '@angular/core';
import {
  assistanceKinds,
  needAreas,
  outcomeTypes,
  visitCapacities,
  visitChannels,
  visitPlaces,
  type AssistanceKind,
  type NeedArea,
  type OutcomeType,
  type VisitChannel,
  type VisitPlace,
  type VisitView,
} from '@tilts/domain';
import { Texts, type IconName, type Option } from '@tilts/ui';

const areaIcons: Record<NeedArea, IconName> = {
  EDU: 'cap',
  EMP: 'work',
  HOU: 'home',
  HEA: 'health',
  SOC: 'support',
  DOC: 'doc',
  DEB: 'money',
  CHI: 'child',
  DIS: 'equal',
  LAN: 'read',
  CUL: 'culture',
  OTH: 'help',
};

// What mediators do most stands first; the rest waits behind „vēl N”.
const areasFirst: NeedArea[] = ['EDU', 'HOU', 'EMP', 'HEA', 'DOC', 'SOC'];
const kindsFirst: AssistanceKind[] = [
  'inform',
  'contactInstitution',
  'accompany',
  'fillForm',
  'explainLetter',
  'motivate',
];

/** How many need areas and kinds of help are shown before „vēl N”. */
export const shownFirst = 5;

/** The choices of the visit form in the person's language, the commonest first; in words that fit on a chip. */
@Injectable({ providedIn: 'root' })
export class VisitChoices {
  readonly #texts = inject(Texts);

  readonly areas = computed<Option<NeedArea>[]>(() =>
    firstOf(areasFirst, needAreas.values).map((value) => ({
      value,
      label: this.#texts.text(`visits.form.area.${value}`),
      icon: areaIcons[value],
    })),
  );
  readonly kinds = computed<Option<AssistanceKind>[]>(() =>
    firstOf(kindsFirst, assistanceKinds.values).map((value) => ({
      value,
      label: this.#texts.text(`visits.form.kind.${value}`),
    })),
  );
  readonly channels = computed<Option<VisitChannel>[]>(() =>
    visitChannels.values.map((value) => ({ value, label: this.#texts.text(`visits.channel.${value}`) })),
  );
  readonly places = computed<Option<VisitPlace>[]>(() =>
    visitPlaces.values.map((value) => ({ value, label: this.#texts.text(`visits.place.${value}`) })),
  );
  readonly capacities = computed<Option<VisitView['capacity']>[]>(() =>
    visitCapacities.values.map((value) => ({ value, label: this.#texts.text(`visits.capacity.${value}`) })),
  );
  readonly outcomes = computed<Option<OutcomeType>[]>(() =>
    outcomeTypes.values.map((value) => ({ value, label: this.#texts.text(`outcomes.type.${value}`) })),
  );
}

function firstOf<V>(first: readonly V[], all: readonly V[]): V[] {
  return [...first, ...all.filter((value) => !first.includes(value))];
}
