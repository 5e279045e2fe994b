import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import {
  Boards,
  Button,
  Card,
  DataTable,
  Between,
  List,
  Notice,
  Section,
  Snack,
  Switch,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { Session } from '../access/session';
import { saveAsFile } from '../platform/save-as-file';
import { ImportRun } from './import-run';
import { MOST_LISTED, problemRows, problemSheet } from './problem-list';
import { columnName } from './reading/table';
import { csvOf, tabsOf, xlsxOf } from './spreadsheet';

const AT_ONCE = 50;
const CELLS_NAMED = 12;

/** What the check found, row by row in the words of the file; and when nothing is wrong, the yes to the whole list. */
@Component({
  selector: 'app-import-check',
  imports: [Between, Boards, Button, Card, DataTable, List, Notice, Section, Switch, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './check-step.html',
  styleUrl: './import-steps.scss',
})
export class CheckStep {
  readonly #texts = inject(Texts);
  readonly #snack = inject(Snack);
  readonly #session = inject(Session);
  protected readonly run = inject(ImportRun);
  protected readonly mostListed = MOST_LISTED;
  protected readonly board = signal<'wrong' | 'all'>('all');
  protected readonly shown = signal(AT_ONCE);

  protected readonly problems = computed(() => {
    const [list, table, columns] = [this.run.list(), this.run.table(), this.run.columns()];
    return list && table && columns ? problemRows(list.problems, table, columns, this.#texts) : [];
  });
  protected readonly previews = computed(() => {
    const [table, columns] = [this.run.table(), this.run.columns()];
    const wrong = grouped(this.problems(), ({ line }) => line);
    return (table && columns ? columns.rowsOf(table) : []).map(({ line, cells }) => ({
      line,
      family: cells.family ?? '',
      person: [cells.firstName, cells.lastName, cells.birthYear ?? cells.birthDate].filter(Boolean).join(' '),
      found: wrong.get(line) ?? [],
    }));
  });
  readonly #wrong = computed(() => this.previews().filter(({ found }) => found.length > 0));
  protected readonly boards = computed(() => [
    { value: 'wrong' as const, label: this.#texts.text('imports.check.board.wrong'), count: this.#wrong().length },
    { value: 'all' as const, label: this.#texts.text('imports.check.board.all'), count: this.previews().length },
  ]);
  protected readonly rows = computed(() => (this.onlyWrong() ? this.#wrong() : this.previews()).slice(0, this.shown()));
  protected readonly more = computed(
    () => (this.onlyWrong() ? this.#wrong() : this.previews()).length > this.rows().length,
  );
  protected readonly onlyWrong = computed(() => this.problems().length > 0 && this.board() === 'wrong');

  protected readonly computedCells = computed(() => {
    const places = this.run.table()?.computed ?? [];
    const names = places.slice(0, CELLS_NAMED).map(({ line, column }) => `${columnName(column)}${line}`);
    return { count: places.length, cells: names.join(', ') + (places.length > CELLS_NAMED ? ' …' : '') };
  });
  protected readonly place = computed(
    () =>
      this.#session.me()?.workPlaces?.find((place) => place.municipalityId === this.run.municipalityId())?.name ?? '',
  );
  /** Families with somebody who is like somebody else, each once. */
  protected readonly alike = computed(() =>
    [...grouped(this.run.found()?.alike ?? [], ({ familyId }) => familyId)].map(([id, found]) => ({
      id,
      line: found[0]?.line ?? 0,
      persons: found[0]?.persons ?? 0,
      found,
    })),
  );
  /** What will be written: the list without those who are left out. */
  protected readonly willBe = computed(() => {
    const found = this.run.found();
    const left = this.alike().filter(({ id }) => this.run.leftOut().has(id));
    return {
      families: (found?.families ?? 0) - left.length,
      persons: (found?.persons ?? 0) - left.reduce((sum, { persons }) => sum + persons, 0),
    };
  });

  constructor() {
    if ((this.run.list()?.problems.length ?? 0) > 0) this.board.set('wrong');
  }

  protected showMore(): void {
    this.shown.update((count) => count + AT_ONCE);
  }

  protected async download(kind: 'xlsx' | 'csv'): Promise<void> {
    const rows = problemSheet(this.problems(), this.#texts);
    const sheet = { name: this.#texts.text('imports.check.takeAlong'), widths: [8, 34, 34, 90], rows };
    const content = kind === 'csv' ? csvOf(rows) : new Uint8Array(await (await xlsxOf([sheet])).arrayBuffer());
    saveAsFile(this.#texts.text('imports.template.problems'), kind, content);
  }

  protected async copy(): Promise<void> {
    await navigator.clipboard.writeText(tabsOf(problemSheet(this.problems(), this.#texts)));
    this.#snack.show(this.#texts.text('imports.check.copied'));
  }

  protected async giveUp(): Promise<void> {
    const view = this.run.view();
    if (view) await this.run.discard(view.id);
    else this.run.restart();
  }
}

function grouped<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}
