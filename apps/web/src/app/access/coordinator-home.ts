import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  accountEndpoints,
  dayOf,
  installationEndpoints,
  mediatorEndpoints,
  municipalityEndpoints,
  roles,
  type AccountView,
} from '@tilts/domain';
import {
  Between,
  Button,
  Card,
  DayPipe,
  EmptyState,
  Icon,
  List,
  PageFrame,
  Section,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { NextYearHint } from '../directory/working-days/next-year-hint';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { readWhole } from '../platform/read-pages';
import { AccountStateTag } from './accounts/account-state-tag';
import { whereToAssign } from './accounts/where-to-assign';
import { workPlacesOn } from './accounts/work-places';
import { Session } from './session';
import { whatWaits } from './what-waits';

/** Names in one line; more would be a list. */
const NAMED = 3;

/** Where the coordinator begins: what the set-up still misses, who has not come yet, who cannot work today. */
@Component({
  selector: 'app-coordinator-home',
  imports: [
    AccountStateTag,
    Awaiting,
    Between,
    Button,
    Card,
    DayPipe,
    EmptyState,
    Icon,
    List,
    NextYearHint,
    PageFrame,
    RouterLink,
    Section,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './coordinator-home.html',
  styles: `
    .on {
      display: inline-flex;
      gap: 6px;
      align-items: center;
      font-weight: 600;
    }
    .people {
      display: grid;
      gap: 10px;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 220px), 1fr));
    }
    .people a {
      display: flex;
      gap: 10px;
      align-items: center;
      min-block-size: 56px;
      font-weight: 500;
    }
    .people tl-icon {
      color: var(--tl-accent);
    }
  `,
})
export class CoordinatorHome {
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #projects = readWhole(mediatorEndpoints.projects, () => (this.waits()?.idle.length ? {} : undefined));
  readonly #now = new Date();
  protected readonly today = dayOf(this.#now);
  protected readonly installation = read(installationEndpoints.read, () => ({}));
  protected readonly accounts = readWhole(accountEndpoints.list, () => ({ input: {} }));
  protected readonly assignments = readWhole(mediatorEndpoints.assignments, () => ({ input: {} }));
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));

  protected readonly greeting = computed(() =>
    this.#texts.text('access.home.greeting', { name: this.#session.me()?.name.split(' ')[0] ?? '' }),
  );
  /** Known only when all of it was read: a page that says „nothing waits” too early is worse than none. */
  protected readonly waits = computed(() => {
    const [installation, accounts, assignments, municipalities] = [
      this.installation.value(),
      this.accounts.value(),
      this.assignments.value(),
      this.municipalities.value(),
    ];
    const others = accounts?.filter(({ id }) => id !== this.#session.me()?.id);
    return installation && others && assignments && municipalities
      ? whatWaits(this.#now, installation, others, workPlacesOn(this.today, assignments, municipalities.items))
      : undefined;
  });
  protected readonly nothing = computed(() => {
    const waits = this.waits();
    return waits !== undefined && waits.setUp + waits.invited.length + waits.idle.length === 0;
  });
  protected readonly people = computed(() =>
    roles.values
      .map((role) => ({
        role,
        count: (this.accounts.value() ?? []).filter((one) => one.role === role && one.state === 'active').length,
      }))
      .filter(({ count }) => count > 0)
      .map(({ role, count }) => ({ role, words: this.#texts.text(`access.home.active.${role}`, { count }) })),
  );

  protected toAssign(id: string): ReturnType<typeof whereToAssign> {
    return whereToAssign(this.#projects.value(), id, this.today);
  }

  protected roleName(account: AccountView): string {
    return this.#texts.text(`access.role.${account.role}`);
  }

  protected names(accounts: readonly AccountView[]): string {
    const names = accounts
      .slice(0, NAMED)
      .map(({ name }) => name)
      .join(', ');
    const count = accounts.length - NAMED;
    return count > 0 ? this.#texts.text('access.home.namesAndMore', { names, count }) : names;
  }
}
