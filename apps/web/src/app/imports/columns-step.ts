import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { importColumns, type ImportColumn } from '@tilts/domain';
import { Button, Card, List, Notice, Section, SelectField, TextPipe, Texts } from '@tilts/ui';
import type { Decision } from './chosen-columns';
import { ImportRun } from './import-run';
import { columnName } from './reading/table';

/** What each column of the file means. A proposal is not a yes: people say it of every column, or leave it out. */
@Component({
  selector: 'app-import-columns',
  imports: [Button, Card, List, Notice, Section, SelectField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './columns-step.html',
  styleUrl: './import-steps.scss',
})
export class ColumnsStep {
  readonly #texts = inject(Texts);
  protected readonly run = inject(ImportRun);
  protected readonly meanings = computed(() => [
    ...importColumns.values.map((column) => ({ value: column as string, label: this.nameOf(column) })),
    { value: 'leftOut', label: this.#texts.text('imports.columns.leaveOut') },
  ]);
  protected readonly rows = computed(() => {
    const [table, columns] = [this.run.table(), this.run.columns()];
    if (!table || !columns) return [];
    return table.headings.map((heading, i) => ({
      heading: heading || this.#texts.text('imports.columns.unnamed', { name: columnName(table.columns[i] ?? i) }),
      sample: table.rows.find(({ cells }) => (cells[i] ?? '').trim() !== '')?.cells[i]?.slice(0, 60) ?? '',
      decision: columns.decisions[i] ?? null,
      // What is taken by another column is no longer proposed for this one.
      proposal: columns.indexOf(columns.proposals[i] ?? 'family') < 0 ? (columns.proposals[i] ?? null) : null,
    }));
  });
  protected readonly missing = computed(() =>
    (this.run.columns()?.missing ?? [])
      .map((column) => this.#texts.text('imports.quoted', { words: this.nameOf(column) }))
      .join(', '),
  );

  protected nameOf(column: ImportColumn): string {
    return this.#texts.text(`imports.column.${column}`);
  }

  protected decide(index: number, value: string | null | undefined): void {
    this.run.decide(index, (value ?? null) as Decision);
  }
}
