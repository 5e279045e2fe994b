import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  output,
  signal,
  untracked,
} from '@angular/core';
import {
  NewAccount,
  NewAssignment,
  accountEndpoints,
  checkInput,
  dayOf,
  mediatorEndpoints,
  municipalityEndpoints,
  newId,
  type AccountInvited,
} from '@tilts/domain';
import { languageNames, languages, sourceLanguage, type Language } from '@tilts/i18n';
import {
  Button,
  Card,
  ChipOne,
  DateField,
  NumberField,
  Notice,
  SelectField,
  TextField,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';
import { OneTimeLinkCard } from '../accounts/one-time-link-card';
import { worksOn } from '../accounts/work-places';

interface MediatorForm {
  accountId: string;
  assignmentId: string;
  name: string;
  email: string;
  language: Language;
  municipalityId: string | null;
  projectId: string | null;
  startsOn: string | null;
  hoursPerWeek: number | null;
}

/** The last step: who begins, where, for which project. Two calls; the link of the first is shown whatever becomes of the second. */
@Component({
  selector: 'app-set-up-mediator',
  imports: [
    Awaiting,
    Button,
    Card,
    ChipOne,
    DateField,
    Notice,
    NumberField,
    OneTimeLinkCard,
    ProblemNotice,
    SelectField,
    TextField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './set-up-mediator.html',
  styles: `
    :host {
      display: grid;
      gap: 20px;
      grid-template-columns: minmax(0, 1fr);
    }
    form {
      margin-block-start: 4px;
    }
  `,
})
export class SetUpMediator {
  readonly done = input.required<boolean>();
  readonly entered = output();

  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #today = dayOf(new Date());
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly projects = readWhole(mediatorEndpoints.projects, () => ({}));
  readonly #assignments = readWhole(mediatorEndpoints.assignments, () => ({ input: {} }));
  protected readonly places = computed(() =>
    (this.municipalities.value()?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  );
  protected readonly projectOptions = computed(() =>
    (this.projects.value() ?? []).map(({ id, name, nameEn }) => ({
      value: id,
      label: this.#texts.language() === 'en' ? nameEn : name,
    })),
  );
  protected readonly names = computed(() => {
    const working = (this.#assignments.value() ?? []).filter((one) => worksOn(one, this.#today));
    return [...new Set(working.map(({ mediatorName }) => mediatorName))].join(', ');
  });
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value] }));
  protected readonly typing = signal(false);
  protected readonly made = signal<AccountInvited | null>(null);
  protected readonly assigned = signal(false);
  protected readonly form = formFor<MediatorForm>(
    {
      accountId: newId(),
      assignmentId: newId(),
      name: '',
      email: '',
      language: sourceLanguage,
      municipalityId: null,
      projectId: null,
      startsOn: this.#today,
      hoursPerWeek: null,
    },
    (value) => [
      ...checkInput(NewAccount, accountOf(value)).problems,
      ...checkInput(NewAssignment, assignmentOf(value)).problems,
    ],
  );

  constructor() {
    // Where there is only one, nobody is asked.
    effect(() => {
      const [place, ...otherPlaces] = this.places();
      const [project, ...otherProjects] = this.projectOptions();
      untracked(() => {
        const { municipalityId, projectId } = this.form.value();
        if (place && otherPlaces.length === 0 && !municipalityId) this.form.patch({ municipalityId: place.value });
        if (project && otherProjects.length === 0 && !projectId) this.form.patch({ projectId: project.value });
      });
    });
  }

  protected async save(): Promise<void> {
    await this.form.submit(async (value) => {
      if (!this.made()) this.made.set(await this.#call(accountEndpoints.invite, { input: accountOf(value) }));
      await this.#call(mediatorEndpoints.assign, { input: assignmentOf(value) });
      this.assigned.set(true);
      this.entered.emit();
    });
  }
}

function accountOf({ accountId, name, email, language }: MediatorForm) {
  return { id: accountId, role: 'mediator' as const, name, email, language, institutionId: null };
}

function assignmentOf(form: MediatorForm): NewAssignment {
  const { assignmentId, accountId, municipalityId, projectId, startsOn, hoursPerWeek } = form;
  // The check refuses what is missing; only a whole form is sent.
  return {
    id: assignmentId,
    mediatorId: accountId,
    municipalityId,
    projectId,
    startsOn,
    endsOn: null,
    hoursPerWeek,
  } as NewAssignment;
}
