import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  NewInstitution,
  NewService,
  checkInput,
  directoryEndpoints,
  institutionKinds,
  municipalityEndpoints,
  needAreas,
  newId,
  type InstitutionKind,
  type NeedArea,
} from '@tilts/domain';
import { Button, Card, ChipMany, NumberField, Notice, SelectField, TextField, TextPipe, formFor } from '@tilts/ui';
import { CodeLists } from '../../codeLists/code-lists';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';

interface InstitutionForm {
  id: string;
  municipalityId: string | null;
  kind: InstitutionKind | null;
  name: string;
  answerDays: number | null;
  serviceId: string;
  serviceName: string;
  needAreas: readonly NeedArea[];
}

/** The second step: one institution with what it helps with; the rest of the directory has its own pages. */
@Component({
  selector: 'app-set-up-institution',
  imports: [
    Awaiting,
    Button,
    Card,
    ChipMany,
    Notice,
    NumberField,
    ProblemNotice,
    RouterLink,
    SelectField,
    TextField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './set-up-institution.html',
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
export class SetUpInstitution {
  readonly done = input.required<boolean>();
  readonly entered = output();

  readonly #call = inject(CALL);
  readonly #lists = inject(CodeLists);
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly institutions = readWhole(directoryEndpoints.institutions, () => ({ input: {} }));
  protected readonly counts = computed(() =>
    (this.municipalities.value()?.items ?? []).map(({ id, name }) => ({
      municipality: name,
      count: (this.institutions.value() ?? []).filter((one) => one.municipalityId === id).length,
    })),
  );
  protected readonly places = computed(() =>
    (this.municipalities.value()?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
  );
  protected readonly kinds = computed(() =>
    this.#lists.options(institutionKinds).sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly needs = computed(() => this.#lists.options(needAreas));
  protected readonly typing = signal(false);
  protected readonly form = formFor<InstitutionForm>(blank(), (value) => [
    ...checkInput(NewInstitution, institutionOf(value)).problems,
    ...checkInput(NewService, serviceOf(value)).problems.map((problem) =>
      problem.field === 'name' ? { ...problem, field: 'serviceName' } : problem,
    ),
    ...(value.municipalityId ? [] : [{ field: 'municipalityId', code: 'required' }]),
  ]);

  protected open(): void {
    const [only, ...others] = this.places();
    if (only && others.length === 0) this.form.patch({ municipalityId: only.value });
    this.typing.set(true);
  }

  protected async save(): Promise<void> {
    // Both have ids of their own: when the second call was lost, sending again makes neither of them twice.
    const saved = await this.form.submit(async (value) => {
      await this.#call(directoryEndpoints.create, { input: institutionOf(value) });
      return this.#call(directoryEndpoints.addService, { input: serviceOf(value) });
    });
    if (!saved) return;
    this.form.reset(blank());
    this.typing.set(false);
    this.institutions.reload();
    this.entered.emit();
  }
}

function blank(): InstitutionForm {
  return {
    id: newId(),
    municipalityId: null,
    kind: null,
    name: '',
    answerDays: null,
    serviceId: newId(),
    serviceName: '',
    needAreas: [],
  };
}

function institutionOf({ id, municipalityId, kind, name, answerDays }: InstitutionForm): NewInstitution {
  // The check refuses what is missing; only a whole form is sent.
  return { id, municipalityId, kind, name, answerDays, followsMovedDays: false } as NewInstitution;
}

function serviceOf(form: InstitutionForm) {
  return {
    id: form.serviceId,
    institutionId: form.id,
    name: form.serviceName,
    needAreas: [...form.needAreas],
    description: null,
    requiredDocuments: null,
    fees: null,
    status: 'active',
  };
}
