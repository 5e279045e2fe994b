import { neededColumns, type ImportColumn, type SheetRow } from '@tilts/domain';
import type { Table } from './reading/table';

/** What people said of a column of their file; null while they have not said anything. */
export type Decision = ImportColumn | 'leftOut' | null;

/** What the columns of a file mean, as people said it: each must be said yes to or left out before anything is checked. */
export class ChosenColumns {
  constructor(
    readonly decisions: readonly Decision[],
    readonly proposals: readonly (ImportColumn | null)[],
  ) {}

  static undecided(proposals: readonly (ImportColumn | null)[]): ChosenColumns {
    return new ChosenColumns(
      proposals.map(() => null),
      proposals,
    );
  }

  /** One column of the file for one meaning: whoever had it before is undecided again. */
  decide(index: number, decision: Decision): ChosenColumns {
    const others = this.decisions.map((before) => (decision !== 'leftOut' && before === decision ? null : before));
    return new ChosenColumns(
      others.map((before, i) => (i === index ? decision : before)),
      this.proposals,
    );
  }

  /** Yes to what is proposed and not decided yet. */
  yesToAll(): ChosenColumns {
    const taken = new Set(this.decisions);
    const decisions = this.decisions.map((decision, i) => {
      const proposal = this.proposals[i] ?? null;
      return decision ?? (proposal && !taken.has(proposal) ? proposal : null);
    });
    return new ChosenColumns(decisions, this.proposals);
  }

  get undecided(): number {
    return this.decisions.filter((decision) => decision === null).length;
  }

  /** Proposals that wait for a yes. */
  get proposed(): number {
    return this.yesToAll().decisions.filter((decision, i) => decision !== this.decisions[i]).length;
  }

  get missing(): ImportColumn[] {
    return neededColumns.filter((column) => !this.decisions.includes(column));
  }

  indexOf(column: ImportColumn): number {
    return this.decisions.indexOf(column);
  }

  /** The rows of the file by what their cells mean; what was left out is not looked at. */
  rowsOf(table: Table): SheetRow[] {
    return table.rows.map(({ line, cells }) => ({
      line,
      cells: Object.fromEntries(
        this.decisions.flatMap((decision, i) =>
          decision === null || decision === 'leftOut' ? [] : [[decision, cells[i] ?? '']],
        ),
      ),
    }));
  }
}
