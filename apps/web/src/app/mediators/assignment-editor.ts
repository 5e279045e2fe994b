import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  AssignmentChange,
  AssignmentDetails,
  checkInput,
  dayOf,
  declaredOf,
  mediatorEndpoints,
  municipalityEndpoints,
  type AssignmentChanged,
} from '@tilts/domain';
import {
  Button,
  Card,
  Confirm,
  DateField,
  DayPipe,
  Definitions,
  EmptyState,
  NumberField,
  PageFrame,
  Snack,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CALL } from '../platform/call';
import type { Fields } from '../platform/exchange';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { readWhole } from '../platform/read-pages';

/** An assignment that is known: its days and hours, also its end, which says whose families stay behind. */
@Component({
  selector: 'app-assignment-editor',
  imports: [
    Awaiting,
    Button,
    Card,
    DateField,
    DayPipe,
    Definitions,
    EmptyState,
    NumberField,
    PageFrame,
    ProblemNotice,
    RouterLink,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './assignment-editor.html',
  styles: `
    .days {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    .left p {
      margin-block: 6px 14px;
    }
    .left h2 {
      font-size: 1.125rem;
      color: var(--tl-ink);
      margin: 0;
    }
    @media (min-width: 600px) {
      .days {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class AssignmentEditor {
  readonly id = input.required<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly assignments = readWhole(mediatorEndpoints.assignments, () => ({ input: {} }));
  readonly #projects = readWhole(mediatorEndpoints.projects, () => ({}));
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly assignment = computed(() => this.assignments.value()?.find((one) => one.id === this.id()));
  protected readonly municipality = computed(
    () => this.#municipalities.value()?.items.find(({ id }) => id === this.assignment()?.municipalityId)?.name ?? '',
  );
  protected readonly project = computed(() => {
    const project = this.#projects.value()?.find(({ id }) => id === this.assignment()?.projectId);
    return project ? (this.#texts.language() === 'en' ? project.nameEn : project.name) : '';
  });
  protected readonly begun = computed(() => (this.assignment()?.startsOn ?? '') <= dayOf(new Date()));
  protected readonly form = formFor<Fields<AssignmentDetails>>(
    { startsOn: '', endsOn: null, hoursPerWeek: 1 },
    (value) => checkInput(AssignmentChange, { ...value, version: 1 }).problems,
  );
  /** Families that nobody answers for after this change. */
  protected readonly left = signal<AssignmentChanged | null>(null);
  protected readonly removing = signal(false);
  protected readonly removeProblem = signal<unknown>(null);
  protected readonly leftHeading = viewChild<ElementRef<HTMLElement>>('leftHeading');

  constructor() {
    effect(() => {
      const assignment = this.assignment();
      if (assignment) this.form.reset(declaredOf(AssignmentDetails, assignment));
    });
    effect(() => this.leftHeading()?.nativeElement.focus());
  }

  protected async save(): Promise<void> {
    const version = this.assignment()?.version;
    if (version === undefined) return;
    const changed = await this.form.submit((value) =>
      this.#call(mediatorEndpoints.changeAssignment, { params: { id: this.id() }, input: { ...value, version } }),
    );
    if (!changed) return;
    if (changed.familiesLeft > 0) this.left.set(changed);
    else await this.#leave('mediators.assignment.saved');
  }

  protected async remove(): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('mediators.assignment.removeAsk'),
      text: this.#texts.text('mediators.assignment.removeAskText'),
      yes: this.#texts.text('mediators.assignment.remove'),
      danger: true,
    });
    if (!sure || this.removing()) return;
    this.removing.set(true);
    this.removeProblem.set(null);
    try {
      await this.#call(mediatorEndpoints.removeAssignment, { params: { id: this.id() } });
      await this.#leave('mediators.assignment.removed');
    } catch (problem) {
      this.removeProblem.set(problem);
    } finally {
      this.removing.set(false);
    }
  }

  async #leave(said: 'mediators.assignment.saved' | 'mediators.assignment.removed'): Promise<void> {
    await this.#snack.show(this.#texts.text(said));
    await this.#router.navigate(['/projects']);
  }
}
