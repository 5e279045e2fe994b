import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  NewProject,
  ProjectChange,
  ProjectDetails,
  checkInput,
  declaredOf,
  mediatorEndpoints,
  newId,
  type ProjectView,
} from '@tilts/domain';
import {
  Button,
  Confirm,
  DateField,
  EmptyState,
  PageFrame,
  Snack,
  TextField,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CALL } from '../platform/call';
import { CallProblem, type Fields } from '../platform/exchange';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { readWhole } from '../platform/read-pages';

type ProjectForm = Fields<ProjectDetails>;

/** A project, new or changed: what the report calls it, who pays, from when to when. */
@Component({
  selector: 'app-project-editor',
  imports: [Awaiting, Button, DateField, EmptyState, PageFrame, ProblemNotice, RouterLink, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './project-editor.html',
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
export class ProjectEditor {
  /** Undefined: a new one. */
  readonly id = input<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #newId = newId();
  protected readonly projects = readWhole(mediatorEndpoints.projects, () => (this.id() ? {} : undefined));
  readonly #assignments = readWhole(mediatorEndpoints.assignments, () => {
    const projectId = this.id();
    return projectId ? { input: { projectId } } : undefined;
  });
  protected readonly project = computed(() => this.projects.value()?.find((one) => one.id === this.id()));
  protected readonly form = formFor<ProjectForm>(
    {
      name: '',
      nameEn: '',
      grantNumber: null,
      startsOn: '',
      endsOn: null,
      funder: null,
      funderEn: null,
    },
    (value) =>
      this.id()
        ? checkInput(ProjectChange, { ...value, version: 1 }).problems
        : checkInput(NewProject, { ...value, id: this.#newId }).problems,
  );
  protected readonly unused = computed(() => this.#assignments.value()?.length === 0);
  protected readonly removing = signal(false);
  protected readonly removeProblem = signal<unknown>(null);

  constructor() {
    effect(() => {
      const project = this.project();
      if (project) this.form.reset(declaredOf(ProjectDetails, project));
    });
  }

  protected async save(): Promise<void> {
    const project = this.project();
    const saved = await this.form.submit((value) =>
      project
        ? this.#change(project, value)
        : this.#call(mediatorEndpoints.createProject, { input: { ...value, id: this.#newId } }),
    );
    if (saved) await this.#leave('mediators.project.saved');
  }

  protected async remove({ id, name, nameEn }: ProjectView): Promise<void> {
    const project = this.#texts.language() === 'en' ? nameEn : name;
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('mediators.project.removeAsk', { project }),
      text: this.#texts.text('mediators.project.removeAskText'),
      yes: this.#texts.text('mediators.project.remove'),
      danger: true,
    });
    if (!sure || this.removing()) return;
    this.removing.set(true);
    this.removeProblem.set(null);
    try {
      await this.#call(mediatorEndpoints.removeProject, { params: { id } });
      await this.#leave('mediators.project.removed');
    } catch (problem) {
      this.removeProblem.set(problem);
    } finally {
      this.removing.set(false);
    }
  }

  /** A period that leaves recorded work outside is asked about once more; undefined when the dates are to be corrected. */
  async #change({ id, version }: ProjectView, value: ProjectForm): Promise<ProjectView | undefined> {
    const change = (workMayLieOutside: boolean): Promise<ProjectView> =>
      this.#call(mediatorEndpoints.changeProject, {
        params: { id },
        input: { ...value, version, workMayLieOutside },
      });
    try {
      return await change(false);
    } catch (problem) {
      if (!(problem instanceof CallProblem) || problem.code !== 'PROJECT_WORK_OUTSIDE') throw problem;
      const meant = await this.#confirm.ask({
        heading: this.#texts.text('mediators.project.outsideTitle'),
        text: this.#texts.text('mediators.project.outsideText', problem.params),
        yes: this.#texts.text('mediators.project.outsideKeep'),
        no: this.#texts.text('mediators.project.outsideBack'),
      });
      return meant ? change(true) : undefined;
    }
  }

  async #leave(said: 'mediators.project.saved' | 'mediators.project.removed'): Promise<void> {
    await this.#snack.show(this.#texts.text(said));
    await this.#router.navigate(['/projects']);
  }
}
