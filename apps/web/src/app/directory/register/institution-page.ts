import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  dayOf,
  directoryEndpoints,
  isClosedOn,
  municipalityEndpoints,
  type InstitutionRecord,
  type ServiceView,
} from '@tilts/domain';
import {
  Button,
  Card,
  Confirm,
  DayPipe,
  Definitions,
  EmptyState,
  Icon,
  List,
  Notice,
  PageFrame,
  PhonePipe,
  Section,
  Snack,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice, isNotFound } from '../../platform/problem';
import { read } from '../../platform/read';
import { isStale } from './confirmation';

type Act = 'confirm' | 'close' | 'reopen' | 'remove';

/** One institution as the coordinator keeps it: how to reach it, what it does, when it answers, and whether that still holds. */
@Component({
  selector: 'app-institution-page',
  imports: [
    Awaiting,
    Button,
    Card,
    DayPipe,
    Definitions,
    EmptyState,
    Icon,
    List,
    Notice,
    PageFrame,
    PhonePipe,
    ProblemNotice,
    RouterLink,
    Section,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './institution-page.html',
  styleUrl: './institution-page.scss',
})
export class InstitutionPage {
  readonly id = input.required<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());
  protected readonly isNotFound = isNotFound;
  protected readonly source = read(directoryEndpoints.institution, () => ({ params: { id: this.id() } }));
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  /** As it was read, or as the last act left it. */
  protected readonly institution = linkedSignal(() => this.source.value());
  protected readonly closed = computed(() => {
    const institution = this.institution();
    return institution !== undefined && isClosedOn(institution, this.today);
  });
  protected readonly stale = computed(() => {
    const institution = this.institution();
    return institution !== undefined && isStale(institution.confirmedOn, this.today);
  });
  protected readonly where = computed(() => {
    const institution = this.institution();
    if (!institution) return undefined;
    const place = institution.municipalityId
      ? this.#municipalities.value()?.items.find(({ id }) => id === institution.municipalityId)?.name
      : this.#texts.text('directory.page.wholeCountry');
    return [this.#texts.text(`directory.kind.${institution.kind}`), place].filter(Boolean).join(' · ');
  });
  protected readonly doing = signal<Act | null>(null);
  protected readonly problem = signal<unknown>(null);
  protected readonly endProblem = signal<unknown>(null);

  protected needs(service: ServiceView): string {
    return service.needAreas.map((area) => this.#texts.text(`directory.needArea.${area}`)).join(', ');
  }

  protected async confirm({ id, version }: InstitutionRecord): Promise<void> {
    await this.#do('confirm', this.problem, async () => {
      this.institution.set(await this.#call(directoryEndpoints.confirm, { params: { id }, input: { version } }));
      await this.#snack.show(this.#texts.text('directory.institution.confirmed'));
    });
  }

  protected async close({ id, name, version }: InstitutionRecord): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('directory.institution.closeAsk', { name }),
      text: this.#texts.text('directory.institution.closeAskText'),
      yes: this.#texts.text('directory.institution.close'),
      danger: true,
    });
    if (!sure) return;
    await this.#do('close', this.endProblem, async () => {
      this.institution.set(await this.#call(directoryEndpoints.close, { params: { id }, input: { version } }));
      await this.#snack.show(this.#texts.text('directory.institution.closed'));
    });
  }

  protected async reopen({ id, version }: InstitutionRecord): Promise<void> {
    await this.#do('reopen', this.problem, async () => {
      this.institution.set(await this.#call(directoryEndpoints.reopen, { params: { id }, input: { version } }));
      await this.#snack.show(this.#texts.text('directory.institution.reopened'));
    });
  }

  protected async remove({ id, name }: InstitutionRecord): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('directory.institution.removeAsk', { name }),
      text: this.#texts.text('directory.institution.removeAskText'),
      yes: this.#texts.text('directory.institution.remove'),
      danger: true,
    });
    if (!sure) return;
    await this.#do('remove', this.endProblem, async () => {
      await this.#call(directoryEndpoints.remove, { params: { id } });
      await this.#snack.show(this.#texts.text('directory.institution.removed'));
      await this.#router.navigate(['/directory']);
    });
  }

  async #do(act: Act, problem: typeof this.problem, work: () => Promise<void>): Promise<void> {
    if (this.doing()) return;
    this.problem.set(null);
    this.endProblem.set(null);
    this.doing.set(act);
    try {
      await work();
    } catch (failed) {
      problem.set(failed);
    } finally {
      this.doing.set(null);
    }
  }
}
