import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { installationEndpoints, setUpSteps, type SetUpStep } from '@tilts/domain';
import { Button, EmptyState, Icon, PageFrame, TextPipe } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { SetUpController } from './set-up-controller';
import { SetUpInstitution } from './set-up-institution';
import { SetUpMediator } from './set-up-mediator';
import { SetUpMunicipality } from './set-up-municipality';
import { SetUpProject } from './set-up-project';
import { after, firstOpen, isPlace, type SetUpPlace } from './set-up-steps';

/** What a new installation needs before the first family: four steps, each can be skipped; coming back, one goes on where something is missing. */
@Component({
  selector: 'app-set-up-page',
  imports: [
    Awaiting,
    Button,
    EmptyState,
    Icon,
    PageFrame,
    ProblemNotice,
    RouterLink,
    SetUpController,
    SetUpInstitution,
    SetUpMediator,
    SetUpMunicipality,
    SetUpProject,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './set-up-page.html',
  styleUrl: './set-up-page.scss',
})
export class SetUpPage {
  readonly step = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  protected readonly installation = read(installationEndpoints.read, () => ({}));
  protected readonly missing = computed(() => this.installation.value()?.missing ?? []);
  /** Where it opened: a step that is finished meanwhile stays open until somebody goes on. */
  readonly #opened = signal<SetUpPlace | null>(null);
  protected readonly here = computed<SetUpPlace>(() => {
    const wanted = this.step();
    return isPlace(wanted) ? wanted : (this.#opened() ?? firstOpen(this.missing()));
  });
  protected readonly steps = computed(() =>
    setUpSteps.values.map((step, index) => ({
      step,
      number: index + 1,
      done: !this.missing().includes(step),
    })),
  );
  protected readonly count = setUpSteps.values.length;
  protected readonly number = computed(() => this.steps().find(({ step }) => step === this.here())?.number ?? 0);
  /** Nothing was entered for the step that is shown. */
  protected readonly open = computed(() => this.missing().some((step) => step === this.here()));
  protected readonly finishing = signal(false);
  protected readonly problem = signal<unknown>(null);
  protected readonly heading = viewChild<ElementRef<HTMLElement>>('stepHeading');

  protected isDone(step: SetUpStep): boolean {
    return !this.missing().includes(step);
  }

  /** Something was entered: what is missing is asked anew, and the step stays where it is. */
  protected entered(step: SetUpStep): void {
    this.#opened.set(step);
    this.installation.reload();
  }

  protected goOn(from: SetUpPlace): void {
    this.#go(from === 'end' ? 'end' : after(from));
  }

  protected async finish(): Promise<void> {
    if (this.finishing()) return;
    this.finishing.set(true);
    this.problem.set(null);
    try {
      await this.#call(installationEndpoints.finishSetUp);
      await this.#router.navigate(['/coordinator']);
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.finishing.set(false);
    }
  }

  #go(step: SetUpPlace): void {
    void this.#router
      .navigate([], { queryParams: { step } })
      .then(() => setTimeout(() => this.heading()?.nativeElement.focus()));
  }
}
