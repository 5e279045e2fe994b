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
import type { IconName, Option } from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';

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
  readonly #lists = inject(CodeLists);

  readonly areas = computed<Option<NeedArea>[]>(() =>
    firstOf(areasFirst, this.#lists.options(needAreas, 'visits.form.area')).map((option) => ({
      ...option,
      icon: areaIcons[option.value],
    })),
  );
  readonly kinds = computed<Option<AssistanceKind>[]>(() =>
    firstOf(kindsFirst, this.#lists.options(assistanceKinds, 'visits.form.kind')),
  );
  readonly channels = computed<Option<VisitChannel>[]>(() => this.#lists.options(visitChannels));
  readonly places = computed<Option<VisitPlace>[]>(() => this.#lists.options(visitPlaces));
  readonly capacities = computed<Option<VisitView['capacity']>[]>(() => this.#lists.options(visitCapacities));
  readonly outcomes = computed<Option<OutcomeType>[]>(() => this.#lists.options(outcomeTypes));
}

function firstOf<V>(first: readonly V[], all: readonly Option<V>[]): Option<V>[] {
  const place = ({ value }: Option<V>): number => (first.includes(value) ? first.indexOf(value) : first.length);
  return [...all].sort((a, b) => place(a) - place(b));
}
