import { Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import {
  ImportPart,
  MAX_FAMILIES_OF_PART,
  RowReader,
  importEndpoints,
  newId,
  proposedColumns,
  readFamilies,
  type ImportCheck,
  type ImportView,
  type ImportWords,
  type ImportedFamily,
  type ReadList,
} from '@tilts/domain';
import { Texts } from '@tilts/ui';
import { Session } from '../access/session';
import { CALL } from '../platform/call';
import { CallProblem } from '../platform/exchange';
import { ChosenColumns, type Decision } from './chosen-columns';
import { loadImportWords } from './import-words';
import { FileProblem } from './reading/file-problem';
import { readFile } from './reading/read-file';
import type { Table } from './reading/table';

export type Stage = 'file' | 'columns' | 'check' | 'done';

/** What is being done at the moment, and how far it is. */
export interface Work {
  kind: 'reading' | 'checking' | 'sending' | 'trying' | 'writing' | 'undoing';
  done: number;
  of: number;
}

/** Bytes of a part, far below what the server takes; and small enough for the figure to move. */
const PART_BYTES = 60_000;
/** Milliseconds of checking between two breaths of the page. */
const BREATH = 30;
/** Milliseconds between two questions how far the writing is. */
const GLANCE = 250;

/**
 * One list on its way from a file to families. It lives as long as the app is open, whatever page is shown: people may leave
 * while it works. What the server holds of it can be taken up again after a reload, by id.
 */
@Injectable({ providedIn: 'root' })
export class ImportRun {
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  #words: ImportWords | undefined;
  #id = '';

  readonly stage = signal<Stage>('file');
  readonly work = signal<Work | null>(null);
  readonly problem = signal<unknown>(null);
  readonly table = signal<Table | null>(null);
  readonly columns = signal<ChosenColumns | null>(null);
  readonly municipalityId = signal('');
  /** What the rows gave; null after a reload, when only the server has the list. */
  readonly list = signal<ReadList | null>(null);
  /** What the server holds. */
  readonly view = signal<ImportView | null>(null);
  readonly found = signal<ImportCheck | null>(null);
  readonly leftOut = signal<ReadonlySet<string>>(new Set());
  readonly fileProblem = computed(() => {
    const problem = this.problem();
    return problem instanceof FileProblem ? problem.code : null;
  });

  constructor() {
    const session = inject(Session);
    // Whoever signs in next on this computer finds nothing of it.
    effect(() => {
      if (session.me() === null) untracked(() => this.restart());
    });
  }

  async choose(file: File): Promise<void> {
    await this.#during({ kind: 'reading', done: 0, of: 100 }, async () => {
      const table = await readFile(file, (share) => this.#step(Math.round(share * 100)));
      this.#words ??= await loadImportWords((key) => this.#texts.textOfCode(key));
      this.table.set(table);
      this.columns.set(ChosenColumns.undecided(proposedColumns(table.headings, this.#words)));
      this.stage.set('columns');
    });
  }

  decide(index: number, decision: Decision): void {
    this.columns.update((columns) => columns?.decide(index, decision) ?? null);
  }

  yesToAll(): void {
    this.columns.update((columns) => columns?.yesToAll() ?? null);
  }

  /** Every row is checked here first; only a list without a fault is handed in, and nobody without their yes leaves this page. */
  async check(): Promise<void> {
    const [table, columns, words] = [this.table(), this.columns(), this.#words];
    if (!table || !columns || !words) return;
    const rows = columns.rowsOf(table);
    await this.#during({ kind: 'checking', done: 0, of: rows.length }, async () => {
      const list = await this.#read(readFamilies(rows, this.municipalityId(), new RowReader(words)));
      this.list.set(list);
      this.stage.set('check');
      this.#id = newId();
      if (list.problems.length === 0) await this.#handIn(list.families);
    });
  }

  /** What did not get through is sent again: the same list, under the same id. */
  async again(): Promise<void> {
    const list = this.list();
    if (!list || list.problems.length > 0) return;
    await this.#during({ kind: 'sending', done: 0, of: list.lines.size }, () => this.#handIn(list.families));
  }

  /** Takes up a list that the server holds. */
  async resume(view: ImportView): Promise<void> {
    this.restart();
    this.#id = view.id;
    this.municipalityId.set(view.municipalityId);
    this.view.set(view);
    if (view.status === 'received') {
      this.stage.set('check');
      await this.#during({ kind: 'trying', done: 0, of: view.persons }, () => this.#try());
    } else this.stage.set('done');
  }

  leaveOut(familyId: string, leave: boolean): void {
    this.leftOut.update((left) => {
      const next = new Set(left);
      if (leave) next.add(familyId);
      else next.delete(familyId);
      return next;
    });
  }

  async confirm(): Promise<void> {
    const [params, leaveOut] = [{ id: this.#id }, [...this.leftOut()]];
    await this.#during({ kind: 'writing', done: 0, of: this.found()?.persons ?? 0 }, async () => {
      const glance = setInterval(() => void this.#glance(), GLANCE);
      try {
        this.view.set(await this.#call(importEndpoints.commit, { params, input: { leaveOut } }));
      } catch (problem) {
        // Only the answer may have been lost.
        const view = await this.#call(importEndpoints.read, { params }).catch(() => null);
        if (view?.status !== 'written') throw problem;
        this.view.set(view);
      } finally {
        clearInterval(glance);
      }
      this.stage.set('done');
    });
  }

  async undo(): Promise<void> {
    await this.#during({ kind: 'undoing', done: 0, of: 0 }, async () => {
      this.view.set(await this.#call(importEndpoints.undo, { params: { id: this.#id } }));
    });
  }

  /** Throws away what the server holds of a list that was not confirmed. */
  async discard(id: string): Promise<void> {
    try {
      await this.#call(importEndpoints.discard, { params: { id } });
    } catch (problem) {
      const gone = problem instanceof CallProblem && problem.code === 'NOT_FOUND';
      if (!gone) return this.problem.set(problem);
    }
    if (this.view()?.id === id) this.restart();
  }

  restart(): void {
    this.stage.set('file');
    for (const part of [this.table, this.columns, this.list, this.view, this.found, this.problem]) part.set(null);
    this.leftOut.set(new Set());
  }

  /** Reads as long as a breath, then lets the page draw. */
  async #read(reading: Generator<number, ReadList>): Promise<ReadList> {
    for (;;) {
      const until = performance.now() + BREATH;
      do {
        const { done, value } = reading.next();
        if (done) return value;
        this.#step(value);
      } while (performance.now() < until);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  async #handIn(families: readonly ImportedFamily[]): Promise<void> {
    const parts = partsOf(families);
    const persons = families.reduce((sum, family) => sum + family.persons.length, 0);
    const params = { id: this.#id };
    this.work.set({ kind: 'sending', done: 0, of: persons });
    const announced = { ...params, municipalityId: this.municipalityId(), families: families.length, persons };
    this.view.set(await this.#call(importEndpoints.begin, { input: { ...announced, parts: parts.length } }));
    for (const [i, some] of parts.entries()) {
      const input = Object.assign(new ImportPart(), { number: i + 1, families: some });
      const view = await this.#call(importEndpoints.addPart, { params, input });
      this.view.set(view);
      this.#step(view.received);
    }
    this.work.set({ kind: 'trying', done: 0, of: persons });
    await this.#try();
  }

  async #try(): Promise<void> {
    this.found.set(await this.#call(importEndpoints.check, { params: { id: this.#id } }));
  }

  async #glance(): Promise<void> {
    const view = await this.#call(importEndpoints.read, { params: { id: this.#id } }).catch(() => null);
    if (view?.writing) this.#step(view.writing);
  }

  #step(done: number): void {
    this.work.update((work) => work && { ...work, done: Math.max(work.done, done) });
  }

  async #during(work: Work, doing: () => Promise<void>): Promise<void> {
    if (this.work()) return;
    this.problem.set(null);
    this.work.set(work);
    try {
      await doing();
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.work.set(null);
    }
  }
}

function partsOf(families: readonly ImportedFamily[]): ImportedFamily[][] {
  const parts: ImportedFamily[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const family of families) {
    const bytes = JSON.stringify(family).length * 2;
    const last = parts.at(-1);
    if (!last || size + bytes > PART_BYTES || last.length === MAX_FAMILIES_OF_PART) {
      parts.push([family]);
      size = bytes;
    } else {
      last.push(family);
      size += bytes;
    }
  }
  return parts;
}
