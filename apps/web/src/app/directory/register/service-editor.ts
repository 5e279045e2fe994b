import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  NewService,
  ServiceChange,
  ServiceDetails,
  checkInput,
  declaredOf,
  directoryEndpoints,
  needAreas,
  newId,
  serviceStatuses,
  type ServiceView,
} from '@tilts/domain';
import {
  Button,
  ChipMany,
  ChipOne,
  Confirm,
  EmptyState,
  PageFrame,
  Snack,
  TextArea,
  TextField,
  TextPipe,
  Texts,
  formFor,
} from '@tilts/ui';
import { CodeLists } from '../../codeLists/code-lists';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';

/** What an institution does for people: with what it helps, what to bring, what it costs, and whether it is there now. */
@Component({
  selector: 'app-service-editor',
  imports: [
    Awaiting,
    Button,
    ChipMany,
    ChipOne,
    EmptyState,
    PageFrame,
    ProblemNotice,
    RouterLink,
    TextArea,
    TextField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './service-editor.html',
})
export class ServiceEditor {
  readonly institution = input.required<string>();
  /** Undefined: a new one. */
  readonly id = input<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #lists = inject(CodeLists);
  readonly #newId = newId();
  protected readonly record = read(directoryEndpoints.institution, () => ({ params: { id: this.institution() } }));
  protected readonly service = computed(() => this.record.value()?.services.find(({ id }) => id === this.id()));
  protected readonly needs = computed(() => this.#lists.options(needAreas));
  protected readonly statuses = computed(() => this.#lists.options(serviceStatuses));
  protected readonly form = formFor<Fields<ServiceDetails>>(
    { name: '', description: null, needAreas: [], requiredDocuments: null, fees: null, status: 'active' },
    (value) =>
      this.id()
        ? checkInput(ServiceChange, { ...value, version: 1 }).problems
        : checkInput(NewService, { ...value, id: this.#newId, institutionId: this.institution() }).problems,
  );
  protected readonly removing = signal(false);
  protected readonly removeProblem = signal<unknown>(null);

  constructor() {
    effect(() => {
      const service = this.service();
      if (service) untracked(() => this.form.reset(declaredOf(ServiceDetails, service)));
    });
  }

  protected async save(): Promise<void> {
    const service = this.service();
    const saved = await this.form.submit((value) =>
      service
        ? this.#call(directoryEndpoints.changeService, {
            params: { id: service.id },
            input: { ...value, version: service.version },
          })
        : this.#call(directoryEndpoints.addService, {
            input: { ...value, id: this.#newId, institutionId: this.institution() },
          }),
    );
    if (saved) await this.#leave('directory.service.saved');
  }

  protected async remove({ id, name }: ServiceView): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('directory.service.removeAsk', { name }),
      text: this.#texts.text('directory.service.removeAskText'),
      yes: this.#texts.text('directory.service.remove'),
      danger: true,
    });
    if (!sure || this.removing()) return;
    this.removing.set(true);
    this.removeProblem.set(null);
    try {
      await this.#call(directoryEndpoints.removeService, { params: { id } });
      await this.#leave('directory.service.removed');
    } catch (problem) {
      this.removeProblem.set(problem);
    } finally {
      this.removing.set(false);
    }
  }

  async #leave(said: 'directory.service.saved' | 'directory.service.removed'): Promise<void> {
    await this.#snack.show(this.#texts.text(said));
    await this.#router.navigate(['/directory', this.institution()]);
  }
}
