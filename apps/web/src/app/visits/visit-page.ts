import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { outcomeEndpoints, personEndpoints, visitEndpoints, type AssistanceKind, type VisitView } from '@tilts/domain';
import {
  Button,
  Card,
  DayPipe,
  MinutesPipe,
  MomentPipe,
  Notice,
  PageFrame,
  Section,
  Tag,
  TextPipe,
  Texts,
  Timeline,
  TimelineMoment,
} from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { WhereMark } from '../platform/where-mark';

/** Everything that was written about one visit, with its earlier versions. */
@Component({
  selector: 'app-visit-page',
  imports: [
    Awaiting,
    Button,
    Card,
    DayPipe,
    MinutesPipe,
    MomentPipe,
    Notice,
    PageFrame,
    RouterLink,
    Section,
    Tag,
    TextPipe,
    Timeline,
    TimelineMoment,
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-page.html',
  styles: `
    dl {
      display: grid;
      grid-template-columns: minmax(96px, 30%) minmax(0, 1fr);
      gap: 10px 16px;
      margin: 0;
    }
    dt {
      color: var(--tl-muted);
    }
    dd {
      margin: 0;
      overflow-wrap: anywhere;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
      display: grid;
      gap: 8px;
    }
    .note {
      white-space: pre-line;
    }
    .foot {
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
  `,
})
export class VisitPage {
  readonly id = input.required<string>();
  readonly #texts = inject(Texts);

  protected readonly visit = read(visitEndpoints.read, () => ({ params: { id: this.id() } }));
  readonly #familyId = computed(() => this.visit.value()?.familyId);
  protected readonly persons = read(personEndpoints.list, () => this.#ofFamily());
  protected readonly outcomes = read(outcomeEndpoints.list, () => this.#ofFamily());

  protected readonly heading = computed(() => {
    const visit = this.visit.value();
    return visit ? this.#texts.text(`visits.channel.${visit.channel}`) : this.#texts.text('visits.page.heading');
  });
  protected readonly when = computed(() => {
    const visit = this.visit.value();
    if (!visit) return '';
    const day = this.#texts.day(visit.day, 'full');
    return visit.time ? this.#texts.text('visits.page.dayAndTime', { day, time: visit.time }) : day;
  });
  protected readonly met = computed(
    () => this.#names(this.visit.value()?.metPersonIds ?? []) ?? this.#texts.text('visits.page.metNobodyNamed'),
  );
  protected readonly areas = computed(() =>
    (this.visit.value()?.needAreas ?? []).map((area) => this.#texts.text(`directory.needArea.${area}`)).join(', '),
  );
  protected readonly helps = computed(() =>
    helpsOf(this.visit.value()).map((help) => ({
      key: help.key,
      kind: this.#texts.text(`visits.assistance.${help.kind}`),
      areas: help.areas.map((area) => this.#texts.text(`directory.needArea.${area}`)).join(', '),
      toWhom: this.#names(help.personIds) ?? this.#texts.text('visits.page.forFamily'),
    })),
  );
  protected readonly results = computed(() =>
    (this.outcomes.value()?.items ?? [])
      .filter((outcome) => outcome.visitId === this.id())
      .map((outcome) => ({
        id: outcome.id,
        words: this.#texts.text(`outcomes.type.${outcome.type}`),
        toWhom: outcome.personId ? (this.#names([outcome.personId]) ?? '') : this.#texts.text('visits.page.forFamily'),
      })),
  );

  #ofFamily(): { input: { familyId: string } } | undefined {
    const familyId = this.#familyId();
    return familyId ? { input: { familyId } } : undefined;
  }

  /** Also those who left the household since. Null: nobody is named. */
  #names(ids: readonly string[]): string | null {
    const persons = this.persons.value()?.items ?? [];
    const name = (id: string): string =>
      persons.find((person) => person.id === id)?.firstName ?? this.#texts.text('visits.page.unknownPerson');
    return ids.length > 0 ? ids.map(name).join(', ') : null;
  }
}

interface HelpGiven {
  key: string;
  kind: AssistanceKind;
  areas: VisitView['needAreas'];
  personIds: string[];
}

/** One line for a kind of help given to the same people, with its areas. */
function helpsOf(visit: VisitView | undefined): HelpGiven[] {
  const lines = new Map<string, HelpGiven>();
  for (const { kind, needArea, personIds } of visit?.assistance ?? []) {
    const key = [kind, ...[...personIds].sort()].join();
    const line = lines.get(key);
    if (line) line.areas.push(needArea);
    else lines.set(key, { key, kind, areas: [needArea], personIds });
  }
  return [...lines.values()];
}
