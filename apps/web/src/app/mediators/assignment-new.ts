import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  NewAssignment,
  accountEndpoints,
  checkInput,
  mediatorEndpoints,
  municipalityEndpoints,
  newId,
} from '@tilts/domain';
import {
  Button,
  DateField,
  EmptyState,
  Notice,
  NumberField,
  PageFrame,
  SelectField,
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

type AssignmentForm = Omit<Fields<NewAssignment>, 'hoursPerWeek'> & { hoursPerWeek: number | null };

/** Who begins to work where for a project, from when, and how many hours. */
@Component({
  selector: 'app-assignment-new',
  imports: [
    Awaiting,
    Button,
    DateField,
    EmptyState,
    Notice,
    NumberField,
    PageFrame,
    ProblemNotice,
    RouterLink,
    SelectField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './assignment-new.html',
  styles: `
    .days {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    @media (min-width: 600px) {
      .days {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class AssignmentNew {
  readonly project = input.required<string>();
  /** Whom it is for, when a person's page led here. */
  readonly mediator = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly projects = readWhole(mediatorEndpoints.projects, () => ({}));
  protected readonly accounts = readWhole(accountEndpoints.list, () => ({ input: { role: 'mediator' as const } }));
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly projectView = computed(() => this.projects.value()?.find((one) => one.id === this.project()));
  protected readonly projectName = computed(() => {
    const project = this.projectView();
    return project && (this.#texts.language() === 'en' ? project.nameEn : project.name);
  });
  protected readonly mediators = computed(() =>
    (this.accounts.value() ?? [])
      .filter(({ state }) => state !== 'ended')
      .map(({ id, name, state }) => ({
        value: id,
        label: state === 'invited' ? `${name} (${this.#texts.text('mediators.assignment.invited')})` : name,
      }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly places = computed(() =>
    (this.municipalities.value()?.items ?? [])
      .map(({ id, name }) => ({ value: id, label: name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly form = formFor<AssignmentForm>(
    {
      id: newId(),
      projectId: '',
      municipalityId: '',
      mediatorId: '',
      startsOn: '',
      endsOn: null,
      hoursPerWeek: null,
    },
    (value) => checkInput(NewAssignment, { ...value, projectId: this.project() }).problems,
  );

  constructor() {
    // Most people work to the end of the project: it stands there, to be changed.
    effect(() => {
      const project = this.projectView();
      const mediatorId = this.mediators().find(({ value }) => value === this.mediator())?.value ?? '';
      if (!project) return;
      untracked(() => {
        if (!this.form.dirty()) this.form.reset({ ...this.form.value(), endsOn: project.endsOn, mediatorId });
      });
    });
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((value) =>
      this.#call(mediatorEndpoints.assign, {
        // The check refuses a form without hours.
        input: { ...value, projectId: this.project() } as Fields<NewAssignment>,
      }),
    );
    if (!saved) return;
    await this.#snack.show(this.#texts.text('mediators.assignment.assigned'));
    await this.#router.navigate(['/projects']);
  }
}
