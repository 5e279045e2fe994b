import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  InstitutionChange,
  InstitutionDetails,
  NewInstitution,
  checkInput,
  dayOf,
  declaredOf,
  directoryEndpoints,
  institutionKinds,
  municipalityEndpoints,
  newId,
  type InstitutionKind,
} from '@tilts/domain';
import {
  Button,
  Card,
  DayPipe,
  EmptyState,
  NumberField,
  PageFrame,
  SelectField,
  Snack,
  Switch,
  TextField,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CodeLists } from '../../codeLists/code-lists';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { Awaiting, ProblemNotice, isNotFound } from '../../platform/problem';
import { read } from '../../platform/read';
import { answerDay } from '../answer-day';

const NATIONAL = 'national';

/** `municipalityId` is a place that must be chosen; the whole country is one of them. */
interface InstitutionForm extends Omit<Fields<InstitutionDetails>, 'answerDays'> {
  answerDays: number | null;
  municipalityId: string | null;
  kind: InstitutionKind | null;
}

/** An institution, new or changed: who it is, how it is reached, and in how many working days it answers. */
@Component({
  selector: 'app-institution-editor',
  imports: [
    Awaiting,
    Button,
    Card,
    DayPipe,
    EmptyState,
    NumberField,
    PageFrame,
    ProblemNotice,
    RouterLink,
    SelectField,
    Switch,
    TextField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './institution-editor.html',
  styles: `
    .pair {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    .moved {
      display: flex;
      flex-wrap: wrap;
      gap: 10px 20px;
      align-items: center;
      justify-content: space-between;
      margin-block-start: 18px;
      padding-block-start: 16px;
      border-block-start: 1px solid var(--tl-line);
    }
    .moved > div {
      flex: 1 1 260px;
    }
    .sentence {
      margin-block-start: 8px;
    }
    @media (min-width: 600px) {
      .pair {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class InstitutionEditor {
  /** Undefined: a new one. */
  readonly id = input<string>();
  /** The place from which a new one was begun. */
  readonly municipality = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #lists = inject(CodeLists);
  readonly #newId = newId();
  readonly #today = dayOf(new Date());
  readonly #year = Number(this.#today.slice(0, 4));
  protected readonly isNotFound = isNotFound;
  protected readonly institution = read(directoryEndpoints.institution, () => {
    const id = this.id();
    return id ? { params: { id } } : undefined;
  });
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  // A hundred and twenty working days reach into the next year.
  readonly #thisYear = read(directoryEndpoints.workingYear, () => ({ input: { year: this.#year } }));
  readonly #nextYear = read(directoryEndpoints.workingYear, () => ({ input: { year: this.#year + 1 } }));
  protected readonly places = computed(() => [
    ...(this.municipalities.value()?.items ?? [])
      .map(({ id, name }) => ({ value: id, label: name }))
      .sort((a, b) => a.label.localeCompare(b.label, 'lv')),
    { value: NATIONAL, label: this.#texts.text('directory.editor.national') },
  ]);
  protected readonly kinds = computed(() =>
    this.#lists.options(institutionKinds).sort((a, b) => a.label.localeCompare(b.label, 'lv')),
  );
  protected readonly form = formFor<InstitutionForm>(
    {
      name: '',
      address: null,
      phone: null,
      email: null,
      hours: null,
      answerDays: null,
      followsMovedDays: false,
      municipalityId: null,
      kind: null,
    },
    (value) =>
      this.id()
        ? checkInput(InstitutionChange, { ...detailsOf(value), version: 1 }).problems
        : [
            ...checkInput(NewInstitution, this.#newOf(value)).problems,
            ...(value.municipalityId ? [] : [{ field: 'municipalityId', code: 'required' }]),
          ],
  );
  /** „Would answer by”, while the number is being typed; null as long as it is no number. */
  protected readonly answersBy = computed(() => {
    const { answerDays, followsMovedDays } = this.form.value();
    const years = [this.#thisYear.value(), this.#nextYear.value()].filter((year) => year !== undefined);
    if (years.length < 2 || !Number.isInteger(answerDays) || answerDays === null) return null;
    if (answerDays < 1 || answerDays > 120) return null;
    return answerDay(this.#today, { answerDays, followsMovedDays }, years);
  });

  constructor() {
    effect(() => {
      const institution = this.institution.value();
      if (!institution) return;
      const { municipalityId, kind } = institution;
      const details = declaredOf(InstitutionDetails, institution);
      untracked(() => this.form.reset({ ...details, kind, municipalityId: municipalityId ?? NATIONAL }));
    });
    effect(() => {
      const place = this.municipality();
      untracked(() => {
        if (!this.id() && place) this.form.patch({ municipalityId: place });
      });
    });
  }

  protected async save(): Promise<void> {
    const id = this.id();
    const version = this.institution.value()?.version ?? 1;
    const saved = await this.form.submit((value) =>
      id
        ? this.#call(directoryEndpoints.change, { params: { id }, input: { ...detailsOf(value), version } })
        : this.#call(directoryEndpoints.create, { input: this.#newOf(value) }),
    );
    if (!saved) return;
    await this.#snack.show(this.#texts.text('directory.editor.saved'));
    await this.#router.navigate(['/directory', saved.id]);
  }

  #newOf(value: InstitutionForm): NewInstitution {
    const { kind, municipalityId } = value;
    const place = municipalityId === NATIONAL ? null : municipalityId;
    // The check refuses what is missing; only a whole form is sent.
    return { ...detailsOf(value), id: this.#newId, kind, municipalityId: place } as NewInstitution;
  }
}

function detailsOf(value: InstitutionForm): Fields<InstitutionDetails> {
  const { name, address, phone, email, hours, answerDays, followsMovedDays } = value;
  return { name, address, phone, email, hours, followsMovedDays, answerDays: answerDays as number };
}
