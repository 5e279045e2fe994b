import {
  CdkFixedSizeVirtualScroll,
  CdkVirtualForOf,
  CdkVirtualScrollViewport,
  CdkVirtualScrollableWindow,
} from '@angular/cdk/scrolling';
import {
  DOCUMENT,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { familyEndpoints, personEndpoints, type VisitView } from '@tilts/domain';
import { Button, DayPipe, EmptyState, MinutesPipe, PageFrame, SearchBox, Tag, TextPipe, Texts } from '@tilts/ui';
import { CallProblem } from '../platform/exchange';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { WhereMark } from '../platform/where-mark';
import { visitPages } from './visit-pages';
import { VisitSearch } from './visit-search';

type Row = { month: string; visit: null } | { month: null; visit: VisitView };

/** Every row is as high as every other, so that the browser knows the length of the list without drawing it. In rem: text may be enlarged. */
const rowHeight = 5;

/** „Mani apmeklējumi”: everything that I have done, by month, found by family and by words. Draws only what is on the screen. */
@Component({
  selector: 'app-visit-list',
  imports: [
    Awaiting,
    Button,
    CdkFixedSizeVirtualScroll,
    CdkVirtualForOf,
    CdkVirtualScrollViewport,
    CdkVirtualScrollableWindow,
    DayPipe,
    EmptyState,
    MinutesPipe,
    PageFrame,
    RouterLink,
    SearchBox,
    Tag,
    TextPipe,
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-list.html',
  styleUrl: './visit-list.scss',
})
export class VisitList {
  readonly #texts = inject(Texts);
  readonly #document = inject(DOCUMENT);
  protected readonly visits = visitPages();
  readonly #families = read(familyEndpoints.list, () => ({}));
  readonly #persons = read(personEndpoints.list, () => ({}));
  protected readonly wanted = signal('');
  /** Without a network there is what the phone holds, and nothing is wrong. */
  protected readonly onlyHere = computed(() => {
    const problem = this.visits.problem();
    return this.visits.items() !== undefined && problem instanceof CallProblem && problem.code === 'OFFLINE';
  });

  readonly #names = computed(() => new Map((this.#families.value()?.items ?? []).map(({ id, name }) => [id, name])));
  readonly #firstNames = computed(
    () => new Map((this.#persons.value()?.items ?? []).map(({ id, firstName }) => [id, firstName])),
  );
  // Made anew when names come: what is found by them depends on them.
  readonly #search = computed(() => {
    const [names, firstNames] = [this.#names(), this.#firstNames()];
    return new VisitSearch((visit) => [
      names.get(visit.familyId) ?? '',
      ...visit.metPersonIds.map((id) => firstNames.get(id) ?? ''),
      this.about(visit),
    ]);
  });
  protected readonly found = computed(() => this.#search().find(this.visits.items() ?? [], this.wanted()));
  protected readonly rows = computed<Row[]>(() => {
    const rows: Row[] = [];
    let last = '';
    for (const visit of this.found()) {
      const month = visit.day.slice(0, 7);
      if (month !== last) {
        last = month;
        rows.push({ month, visit: null });
      }
      rows.push({ month: null, visit });
    }
    return rows;
  });
  protected readonly rowHeight = rowHeight * this.#rem();

  constructor() {
    effect(() => {
      if (this.wanted().trim()) untracked(() => this.visits.everything());
    });
  }

  protected scrolledTo(index: number): void {
    if (this.rows().length - index < 60) this.visits.more();
  }

  protected readonly keyOf = (_: number, row: Row): string => row.month ?? row.visit?.id ?? '';

  protected month(month: string): string {
    return this.#texts.month(month);
  }

  protected familyOf(visit: VisitView): string {
    return this.#names().get(visit.familyId) ?? '';
  }

  /** How one met and what it was about; of nobody met, that. */
  protected about(visit: VisitView): string {
    const channel = this.#texts.text(`visits.channel.${visit.channel}`);
    if (!visit.reached) return [channel, this.#texts.text('visits.page.notReached')].join(' · ');
    return [channel, ...visit.needAreas.map((area) => this.#texts.text(`directory.needArea.${area}`))].join(' · ');
  }

  #rem(): number {
    const size = this.#document.defaultView?.getComputedStyle(this.#document.documentElement).fontSize ?? '';
    return Number.parseFloat(size) || 16;
  }
}
