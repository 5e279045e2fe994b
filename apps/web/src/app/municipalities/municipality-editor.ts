import {
  ChangeDetectionStrategy,
  Component,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  untracked,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  MunicipalityChange,
  MunicipalityDetails,
  NewMunicipality,
  checkInput,
  declaredOf,
  municipalityEndpoints,
  newId,
} from '@tilts/domain';
import { Button, Card, DateField, EmptyState, PageFrame, Snack, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import {
  blankMunicipality,
  blankPeriod,
  follow,
  nothingProposed,
  proposalFor,
  type MunicipalityForm,
} from './municipality-form';

/** A municipality: what people call it, how its family codes begin, and under which codes the state knew it when. */
@Component({
  selector: 'app-municipality-editor',
  imports: [Awaiting, Button, Card, DateField, EmptyState, PageFrame, ProblemNotice, RouterLink, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './municipality-editor.html',
  styleUrl: './municipality-editor.scss',
})
export class MunicipalityEditor {
  /** Undefined: a new one. */
  readonly id = input<string>();

  readonly #call = inject(CALL);
  readonly #injector = inject(Injector);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #newId = newId();
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  readonly #others = computed(() =>
    (this.municipalities.value()?.items ?? []).filter(({ id }) => id !== (this.id() ?? this.#newId)),
  );
  protected readonly municipality = computed(() =>
    this.municipalities.value()?.items.find(({ id }) => id === this.id()),
  );
  protected readonly form = formFor<MunicipalityForm>(blankMunicipality(), (value) =>
    this.id()
      ? checkInput(MunicipalityChange, { ...value, version: 1 }).problems
      : checkInput(NewMunicipality, { ...value, id: this.#newId }).problems,
  );
  protected readonly firstCode = computed(() => `${this.form.value().familyPrefix || 'ABC'}-0001`);

  constructor() {
    effect(() => {
      const municipality = this.municipality();
      if (municipality) this.form.reset(declaredOf(MunicipalityDetails, municipality));
    });
    let proposed = nothingProposed;
    const name = computed(() => this.form.value().name);
    effect(() => {
      if (this.id()) return;
      const next = proposalFor(
        name(),
        this.#others().map(({ familyPrefix }) => familyPrefix),
      );
      untracked(() => this.form.patch(follow(this.form.value(), proposed, next)));
      proposed = next;
    });
  }

  protected upper(): void {
    const { familyPrefix } = this.form.value();
    if (familyPrefix !== familyPrefix.toUpperCase()) this.form.patch({ familyPrefix: familyPrefix.toUpperCase() });
  }

  /** Another name or code from some day on; the one before it ends. */
  protected addPeriod(): void {
    const { periods } = this.form.value();
    this.form.patch({ periods: [...periods, { ...blankPeriod(), name: periods.at(-1)?.name ?? '' }] });
    const { id } = this.form.at(`periods.${periods.length}.validFrom`);
    afterNextRender({ read: () => document.getElementById(id)?.focus() }, { injector: this.#injector });
  }

  protected removePeriod(index: number): void {
    this.form.patch({ periods: this.form.value().periods.filter((_, at) => at !== index) });
    const { id } = this.form.at(`periods.${Math.max(0, index - 1)}.atvk`);
    afterNextRender({ read: () => document.getElementById(id)?.focus() }, { injector: this.#injector });
  }

  protected async save(): Promise<void> {
    const id = this.id();
    const version = this.municipality()?.version ?? 1;
    const saved = await this.form.submit((value) =>
      id
        ? this.#call(municipalityEndpoints.change, { params: { id }, input: { ...value, version } })
        : this.#call(municipalityEndpoints.create, { input: { ...value, id: this.#newId } }),
    );
    if (!saved) return;
    await this.#snack.show(this.#texts.text('municipalities.editor.saved'));
    await this.#router.navigate(['/municipalities']);
  }
}
