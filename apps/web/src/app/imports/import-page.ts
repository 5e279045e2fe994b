import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { Card, PageFrame, TextPipe } from '@tilts/ui';
import { ProblemNotice } from '../platform/problem';
import { CheckStep } from './check-step';
import { ColumnsStep } from './columns-step';
import { DoneStep } from './done-step';
import { FileStep } from './file-step';
import { ImportRun, type Stage } from './import-run';
import { ImportWork } from './import-work';

/** Families that a mediator has in a list already: file, columns, check, done. Nothing is written before the last yes. */
@Component({
  selector: 'app-import-page',
  imports: [Card, CheckStep, ColumnsStep, DoneStep, FileStep, ImportWork, PageFrame, ProblemNotice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page
      [heading]="'imports.title' | text"
      [lead]="'imports.lead' | text"
      [back]="'shell.families' | text"
      backLink="/families"
      width="wide"
    >
      <ol class="steps" [attr.aria-label]="'imports.steps' | text">
        @for (step of steps; track step; let i = $index) {
          <li
            [class.now]="step === run.stage()"
            [class.before]="i < at()"
            [attr.aria-current]="step === run.stage() ? 'step' : null"
          >
            <span class="number" aria-hidden="true">{{ i + 1 }}</span>
            {{ $any('imports.step.' + step) | text }}
          </li>
        }
      </ol>
      @if (run.work(); as work) {
        <tl-card><app-import-work [work]="work" /></tl-card>
      }
      @if (!run.fileProblem()) {
        <app-problem
          [of]="run.problem()"
          [canRetry]="run.list() !== null && run.found() === null"
          (again)="run.again()"
        />
      }
      @switch (run.stage()) {
        @case ('file') {
          <app-import-file />
        }
        @case ('columns') {
          <app-import-columns />
        }
        @case ('check') {
          <app-import-check />
        }
        @case ('done') {
          <app-import-done />
        }
      }
    </tl-page>
  `,
  styles: `
    .steps {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 20px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      align-items: center;
      gap: 8px;
      color: var(--tl-muted);
    }
    li.now {
      color: var(--tl-ink);
      font-weight: 650;
    }
    .number {
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      border: 1.5px solid var(--tl-edge);
      border-radius: 50%;
      font-variant-numeric: tabular-nums;
    }
    .now .number,
    .before .number {
      background: var(--tl-accent);
      border-color: var(--tl-accent);
      color: var(--tl-on-accent);
    }
  `,
})
export class ImportPage {
  protected readonly run = inject(ImportRun);
  protected readonly steps = ['file', 'columns', 'check', 'done'] as const satisfies readonly Stage[];
  protected readonly at = computed(() => this.steps.indexOf(this.run.stage()));
}
