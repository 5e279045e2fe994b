import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, input } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import {
  accountEndpoints,
  accountStates,
  dayOf,
  mediatorEndpoints,
  municipalityEndpoints,
  roles,
  type AccountState,
  type AccountView,
  type Role,
} from '@tilts/domain';
import {
  Button,
  DataTable,
  EmptyState,
  MomentPipe,
  PageFrame,
  SearchBox,
  SelectField,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { Awaiting } from '../../platform/problem';
import { read } from '../../platform/read';
import { readPages, readWhole } from '../../platform/read-pages';
import { Session } from '../session';
import { AccountStateTag } from './account-state-tag';
import { workPlacesOn } from './work-places';

/** Everybody who may sign in: who they are, where they work, and whether they came. */
@Component({
  selector: 'app-account-list',
  imports: [
    AccountStateTag,
    Awaiting,
    Button,
    DataTable,
    EmptyState,
    MomentPipe,
    PageFrame,
    RouterLink,
    SearchBox,
    SelectField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-list.html',
  styleUrl: './account-list.scss',
})
export class AccountList {
  readonly role = input<string>();
  readonly state = input<string>();
  readonly search = input<string>();

  readonly #router = inject(Router);
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  protected readonly accounts = readPages(accountEndpoints.list, () => ({
    role: roles.has(this.role()) ? (this.role() as Role) : null,
    state: accountStates.has(this.state()) ? (this.state() as AccountState) : null,
    search: this.search()?.trim() || null,
  }));
  readonly #assignments = readWhole(mediatorEndpoints.assignments, () => ({ input: {} }));
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  readonly #places = computed(() =>
    workPlacesOn(dayOf(new Date()), this.#assignments.value() ?? [], this.#municipalities.value()?.items ?? []),
  );

  protected readonly roleOptions = computed(() =>
    roles.values.map((value) => ({ value, label: this.roleName(value) })),
  );
  protected readonly stateOptions = computed(() =>
    accountStates.values.map((value) => ({ value, label: this.#texts.text(`access.accountState.${value}`) })),
  );
  protected readonly filtered = computed(() => Boolean(this.role() ?? this.state() ?? this.search()));
  /** Whoever reads this list is in it themselves; alone there it is as good as empty. */
  protected readonly alone = computed(
    () => !this.filtered() && (this.accounts.items() ?? []).every((account) => this.isMe(account)),
  );

  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#typing));
  }

  protected roleName(role: Role): string {
    return this.#texts.text(`access.role.${role}`);
  }

  protected isMe(account: AccountView): boolean {
    return account.id === this.#session.me()?.id;
  }

  /** An institution or cities; null when it is not known yet, or when there is no such place. */
  protected where(account: AccountView): string | null {
    return account.institution ?? (this.#places().get(account.id)?.join(', ') || null);
  }

  /** Whether a mediator who could sign in has nowhere to work today. */
  protected idle(account: AccountView): boolean {
    return (
      account.role === 'mediator' &&
      account.state === 'active' &&
      this.#assignments.value() !== undefined &&
      !this.#places().has(account.id)
    );
  }

  /** Asks the server once the typing rests. */
  protected type(search: string): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.filter({ search: search || null }), 250);
  }

  /** Filters live in the address. */
  protected filter(queryParams: { role?: string | null; state?: string | null; search?: string | null }): void {
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  }

  protected open(account: AccountView): void {
    void this.#router.navigate(['/accounts', account.id]);
  }
}
