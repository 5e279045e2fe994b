import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { TextKey } from '@tilts/i18n';
import { ProblemBox, Skeleton, Texts } from '@tilts/ui';
import { CallProblem, type DeviceProblem } from './exchange';
import type { Read } from './read';

const deviceProblems: Record<DeviceProblem, TextKey> = {
  OFFLINE: 'problem.offline',
  PHONE_FULL: 'problem.phoneFull',
  PHONE_NEWER: 'problem.phoneNewer',
  PHONE_BROKEN: 'problem.phoneBroken',
};

function isOfDevice(code: CallProblem['code']): code is DeviceProblem {
  return code in deviceProblems;
}

/** What a problem is called in the person's language. */
export function problemText(texts: Texts, problem: unknown): string {
  if (!(problem instanceof CallProblem)) return texts.text('errors.INTERNAL');
  if (isOfDevice(problem.code)) return texts.text(deviceProblems[problem.code]);
  return texts.textOfCode(`errors.${problem.code}`, problem.params) ?? texts.text('errors.INTERNAL');
}

/** There is no such thing, or not for whoever asked. */
export function isNotFound(problem: unknown): boolean {
  return problem instanceof CallProblem && problem.code === 'NOT_FOUND';
}

/** Shows why something did not work: `<app-problem [of]="form.failure()" />`. Draws nothing when nothing is wrong. */
@Component({
  selector: 'app-problem',
  // No box of its own: a page that is well has no gap where a problem could stand.
  styles: ':host { display: contents; }',
  imports: [ProblemBox],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (of()) {
    <tl-problem-box [text]="text()" [reference]="reference()" [canRetry]="canRetry()" (again)="again.emit()" />
  }`,
})
export class ProblemNotice {
  readonly of = input<unknown>();
  readonly canRetry = input(false);
  readonly again = output();
  readonly #texts = inject(Texts);

  protected readonly text = computed(() => problemText(this.#texts, this.of()));
  /** The number of the request helps support only where we are to blame. */
  protected readonly reference = computed(() => {
    const problem = this.of();
    return problem instanceof CallProblem && problem.status >= 500 ? problem.requestId : null;
  });
}

/** Loading and failing of something that is read, in the shape of what comes: `<app-awaiting [of]="family" shape="cards" />`. */
@Component({
  selector: 'app-awaiting',
  styles: ':host { display: contents; }',
  imports: [ProblemNotice, Skeleton],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (of().problem(); as problem) {
      <app-problem [of]="problem" [canRetry]="true" (again)="of().reload()" />
    } @else if (of().loading() && of().value() === undefined) {
      <tl-skeleton [shape]="shape()" [rows]="rows()" />
    }
  `,
})
export class Awaiting {
  readonly of = input.required<Read<unknown>>();
  readonly shape = input<'cards' | 'table' | 'text'>('cards');
  readonly rows = input(3);
}
