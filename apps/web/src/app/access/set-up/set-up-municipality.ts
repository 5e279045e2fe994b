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
  NewMunicipality,
  checkInput,
  directoryEndpoints,
  municipalityEndpoints,
  newId,
  proposedLocative,
  proposedPrefix,
  type OfferedMunicipality,
} from '@tilts/domain';
import type { TextKey } from '@tilts/i18n';
import { Between, Button, Card, List, Notice, Section, Snack, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';

/** The first step: a city that Tilts knows, taken over with its institutions, or another one, typed. */
@Component({
  selector: 'app-set-up-municipality',
  imports: [Awaiting, Between, Button, Card, List, Notice, ProblemNotice, Section, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './set-up-municipality.html',
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
export class SetUpMunicipality {
  readonly done = input.required<boolean>();
  readonly entered = output();

  readonly #call = inject(CALL);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly offered = read(directoryEndpoints.offered, () => ({}));
  protected readonly names = computed(() =>
    (this.municipalities.value()?.items ?? []).map(({ name }) => name).join(', '),
  );
  protected readonly taking = signal<string | null>(null);
  protected readonly takeProblem = signal<unknown>(null);
  protected readonly typing = signal(false);
  protected readonly form = formFor<Fields<NewMunicipality>>(
    blank(),
    (value) => checkInput(NewMunicipality, value).problems,
  );
  protected readonly firstCode = computed(() => `${this.form.value().familyPrefix || 'ABC'}-0001`);

  constructor() {
    // What follows from the name is proposed as long as nobody wrote something else.
    let proposed = { nameIn: '', familyPrefix: '' };
    const typed = computed(() => this.form.value().name);
    effect(() => {
      const name = typed();
      const taken = (this.municipalities.value()?.items ?? []).map(({ familyPrefix }) => familyPrefix);
      untracked(() => {
        const { nameIn, familyPrefix, periods } = this.form.value();
        const next = name.trim()
          ? { nameIn: proposedLocative(name.trim()), familyPrefix: proposedPrefix(name.trim(), taken) }
          : { nameIn: '', familyPrefix: '' };
        const period = periods[0];
        this.form.patch({
          ...(nameIn === proposed.nameIn && { nameIn: next.nameIn }),
          ...(familyPrefix === proposed.familyPrefix && { familyPrefix: next.familyPrefix }),
          ...(period && period.name !== name && { periods: [{ ...period, name }] }),
        });
        proposed = next;
      });
    });
  }

  protected async takeOver(one: OfferedMunicipality): Promise<void> {
    if (this.taking()) return;
    this.taking.set(one.key);
    this.takeProblem.set(null);
    try {
      await this.#call(directoryEndpoints.takeOver, { input: { key: one.key } });
      await this.#told('access.setUp.municipality.taken', one.name);
    } catch (problem) {
      this.takeProblem.set(problem);
    } finally {
      this.taking.set(null);
    }
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((input) => this.#call(municipalityEndpoints.create, { input }));
    if (!saved) return;
    this.form.reset(blank());
    this.typing.set(false);
    await this.#told('access.setUp.municipality.added', saved.name);
  }

  async #told(what: TextKey, name: string): Promise<void> {
    this.municipalities.reload();
    this.offered.reload();
    this.entered.emit();
    await this.#snack.show(this.#texts.text(what, { name }));
  }
}

function blank(): Fields<NewMunicipality> {
  return {
    id: newId(),
    familyPrefix: '',
    name: '',
    nameIn: '',
    periods: [{ validFrom: null, validTo: null, atvk: '', name: '' }],
  };
}
