import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { directoryEndpoints, personEndpoints } from '@tilts/domain';
import { Button, EmptyState, Icon, List, PageFrame, Section, Snack, TextPipe, Texts } from '@tilts/ui';
import { Session } from '../access/session';
import { CallProblem } from '../platform/exchange';
import { problemText } from '../platform/problem';
import { read } from '../platform/read';
import { whatWords, type NameOf } from './content-lines';
import { Phone, type Unsent } from './phone';
import { RescueCard } from './rescue-card';
import { lastContactWords, needsSomebody, stateOfPhone } from './state-of-phone';
import { UnsentCard } from './unsent-card';

/** After a week without a network hundreds may wait; what is hidden is counted. */
const shownFirst = 20;

/** „Vēl nav nosūtīts”: first what needs its person, then what goes by itself. Nothing leaves this page but to the office, or by its person's hand. */
@Component({
  selector: 'app-unsent-page',
  imports: [Button, EmptyState, Icon, List, PageFrame, RescueCard, RouterLink, Section, TextPipe, UnsentCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './unsent-page.html',
  styleUrl: './unsent-page.scss',
})
export class UnsentPage {
  protected readonly phone = inject(Phone);
  readonly #session = inject(Session);
  protected readonly account = computed(() => this.#session.me()?.id ?? null);
  readonly #texts = inject(Texts);
  readonly #snack = inject(Snack);
  readonly #persons = read(personEndpoints.list, () => (this.phone.unsent().length > 0 ? {} : undefined));
  readonly #institutions = read(directoryEndpoints.institutions, () =>
    this.phone.unsent().some(({ operation }) => operation.startsWith('POST /referrals')) ? { input: {} } : undefined,
  );

  protected readonly sending = signal(false);
  protected readonly sendingAgain = signal(false);
  protected readonly all = signal(false);
  protected readonly state = computed(() => stateOfPhone(this.phone, this.#texts));
  protected readonly contact = computed(() => {
    const at = lastContactWords(this.phone, this.#texts);
    return at ? this.#texts.text('sync.unsent.lastContact', { at }) : this.#texts.text('sync.unsent.noContactYet');
  });
  protected readonly needsYou = computed(() =>
    [...this.phone.unsent()].filter(needsSomebody).sort((a, b) => a.seq - b.seq),
  );
  protected readonly refused = computed(() => this.needsYou().filter(({ state }) => state === 'refused'));
  protected readonly waiting = computed(() => this.phone.unsent().filter((one) => !needsSomebody(one)));
  protected readonly shown = computed(() => (this.all() ? this.waiting() : this.waiting().slice(0, shownFirst)));

  protected readonly nameOf = computed<NameOf>(() => {
    const names = new Map<string, string>();
    for (const { id, firstName } of this.#persons.value()?.items ?? []) names.set(id, firstName);
    for (const { id, name } of this.#institutions.value()?.items ?? []) names.set(id, name);
    return (id) => names.get(id) ?? null;
  });

  /** The one of the same family before it that needs somebody: a held one goes when that one has gone. */
  protected waitsFor(held: Unsent): string | null {
    const before = this.needsYou().find(
      (one) => one.state !== 'held' && one.seq < held.seq && one.familyId !== null && one.familyId === held.familyId,
    );
    return before ? whatWords(this.#texts, before.operation) : null;
  }

  /** One reason may have refused many: an assignment that was entered late. */
  protected async sendAllAgain(): Promise<void> {
    this.sendingAgain.set(true);
    try {
      for (const { id } of this.refused()) await this.phone.sendAgain(id);
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    } finally {
      this.sendingAgain.set(false);
    }
  }

  protected async sendNow(): Promise<void> {
    this.sending.set(true);
    try {
      await this.phone.sendNow();
      await this.#snack.show(
        this.#texts.text(this.waiting().length === 0 ? 'sync.unsent.sentNow' : 'sync.unsent.notAllYet'),
      );
    } catch (problem) {
      // Without a network nothing is wrong: it goes later.
      const calm = problem instanceof CallProblem && problem.code === 'OFFLINE';
      await this.#snack.show(calm ? this.#texts.text('sync.unsent.noNetwork') : problemText(this.#texts, problem));
    } finally {
      this.sending.set(false);
    }
  }
}
