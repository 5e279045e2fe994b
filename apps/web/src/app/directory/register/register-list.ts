import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  dayOf,
  directoryEndpoints,
  foldLatvian,
  institutionKinds,
  isClosedOn,
  municipalityEndpoints,
  needAreas,
  type InstitutionRecord,
} from '@tilts/domain';
import {
  Between,
  Button,
  Card,
  DayPipe,
  EmptyState,
  List,
  PageFrame,
  SearchBox,
  SelectField,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { CodeLists } from '../../codeLists/code-lists';
import { Awaiting } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';
import { isStale } from './confirmation';

const NATIONAL = 'national';
const states = ['open', 'stale', 'closed'] as const;
type Filter = Partial<Record<'municipality' | 'kind' | 'need' | 'state' | 'search', string | null>>;

/** The directory as the coordinator keeps it: closed institutions too, and how long ago each was confirmed. */
@Component({
  selector: 'app-register-list',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    DayPipe,
    EmptyState,
    List,
    PageFrame,
    RouterLink,
    SearchBox,
    SelectField,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './register-list.html',
  styleUrl: './register-list.scss',
})
export class RegisterList {
  readonly municipality = input<string>();
  readonly kind = input<string>();
  readonly need = input<string>();
  readonly state = input<string>();
  readonly search = input<string>();

  readonly #router = inject(Router);
  readonly #texts = inject(Texts);
  readonly #lists = inject(CodeLists);
  protected readonly today = dayOf(new Date());
  protected readonly institutions = readWhole(directoryEndpoints.register, () => {
    const place = this.municipality();
    return { input: place === NATIONAL ? { national: true } : { municipalityId: place ?? null } };
  });
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  readonly #placeNames = computed(
    () => new Map((this.#municipalities.value()?.items ?? []).map(({ id, name }) => [id, name])),
  );

  protected readonly placeOptions = computed(() => [
    { value: NATIONAL, label: this.#texts.text('directory.register.national') },
    ...[...this.#placeNames()]
      .map(([value, label]) => ({ value, label }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  ]);
  // A filter finds old records too: retired codes stay in it.
  protected readonly kindOptions = computed(() =>
    this.#lists
      .options(institutionKinds)
      .map(({ value, label }) => ({ value: value as string, label }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly needOptions = computed(() =>
    this.#lists.options(needAreas).map(({ value, label }) => ({ value: value as string, label })),
  );
  protected readonly stateOptions = computed(() =>
    states.map((value) => ({ value: value as string, label: this.#texts.text(`directory.register.state.${value}`) })),
  );
  protected readonly filtered = computed(() =>
    Boolean(this.municipality() ?? this.kind() ?? this.need() ?? this.state() ?? this.search()),
  );

  protected readonly shown = computed(() => {
    const wanted = foldLatvian(this.search()?.trim() ?? '');
    const found = (this.institutions.value() ?? []).filter(
      (one) =>
        (!this.kind() || one.kind === this.kind()) &&
        (!this.need() || one.services.some(({ needAreas }) => (needAreas as string[]).includes(this.need() ?? ''))) &&
        this.#isIn(one, this.state()) &&
        (!wanted || foldLatvian(`${one.name} ${one.services.map(({ name }) => name).join(' ')}`).includes(wanted)),
    );
    // Kinds as the server puts them, the social service first; within a kind by place. What is closed stands last.
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    const placeOf = (one: InstitutionRecord): string => this.#placeNames().get(one.municipalityId ?? '') ?? '';
    const sorted = [...found].sort(
      (a, b) =>
        kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
        placeOf(a).localeCompare(placeOf(b), 'lv') ||
        a.name.localeCompare(b.name, 'lv'),
    );
    return [...sorted.filter((one) => !this.isClosed(one)), ...sorted.filter((one) => this.isClosed(one))];
  });

  protected isClosed(one: InstitutionRecord): boolean {
    return isClosedOn(one, this.today);
  }

  protected isStale(one: InstitutionRecord): boolean {
    return isStale(one.confirmedOn, this.today);
  }

  protected where(one: InstitutionRecord): string {
    const place = one.municipalityId
      ? (this.#placeNames().get(one.municipalityId) ?? '')
      : this.#texts.text('directory.page.wholeCountry');
    return [this.#texts.text(`directory.kind.${one.kind}`), place].filter(Boolean).join(' · ');
  }

  protected what(one: InstitutionRecord): string {
    return [
      this.#texts.text('directory.register.services', { count: one.services.length }),
      this.#texts.text('directory.register.answersIn', { days: one.answerDays }),
    ].join(' · ');
  }

  /** Filters live in the address. */
  protected filter(queryParams: Filter): void {
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  #isIn(one: InstitutionRecord, state: string | undefined): boolean {
    if (state === 'closed') return this.isClosed(one);
    if (state === 'stale') return !this.isClosed(one) && this.isStale(one);
    return state !== 'open' || !this.isClosed(one);
  }
}
