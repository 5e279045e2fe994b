import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  accountEndpoints,
  dayOf,
  installationEndpoints,
  mediatorEndpoints,
  municipalityEndpoints,
  type OneTimeLinkMade,
} from '@tilts/domain';
import { languageNames, isLanguage } from '@tilts/i18n';
import {
  Button,
  Card,
  Confirm,
  Definitions,
  EmptyState,
  MomentPipe,
  Notice,
  PageFrame,
  Section,
  Snack,
  TextPipe,
  Texts,
  Tick,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice, isNotFound } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';
import { Session } from '../session';
import { AccountDevices } from './account-devices';
import { stateOf } from './account-state';
import { AccountStateTag } from './account-state-tag';
import { OneTimeLinkCard } from './one-time-link-card';
import { whereToAssign } from './where-to-assign';
import { workPlacesOn } from './work-places';

/** One person's account: who it is, where it is signed in, and what to do when a password is lost or somebody leaves. */
@Component({
  selector: 'app-account-page',
  imports: [
    AccountDevices,
    AccountStateTag,
    Awaiting,
    Button,
    Card,
    Definitions,
    EmptyState,
    MomentPipe,
    Notice,
    OneTimeLinkCard,
    PageFrame,
    ProblemNotice,
    RouterLink,
    Section,
    TextPipe,
    Tick,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './account-page.html',
  styles: `
    .hint {
      margin-block-start: -8px;
      padding-inline-start: 38px;
    }
    ul {
      display: grid;
      gap: 4px;
      margin: 6px 0 0;
      padding-inline-start: 22px;
    }
  `,
})
export class AccountPage {
  readonly id = input.required<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #session = inject(Session);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly account = read(accountEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly installation = read(installationEndpoints.read, () => ({}));
  readonly #assignments = readWhole(mediatorEndpoints.assignments, () =>
    this.account.value()?.role === 'mediator' ? { input: {} } : undefined,
  );
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  readonly #projects = readWhole(mediatorEndpoints.projects, () =>
    this.account.value()?.role === 'mediator' ? {} : undefined,
  );
  protected readonly isNotFound = isNotFound;

  protected readonly state = computed(() => {
    const account = this.account.value();
    return account && stateOf(account, new Date());
  });
  protected readonly isMe = computed(() => this.id() === this.#session.me()?.id);
  protected readonly places = computed(
    () =>
      workPlacesOn(dayOf(new Date()), this.#assignments.value() ?? [], this.#municipalities.value()?.items ?? [])
        .get(this.id())
        ?.join(', ') ?? null,
  );
  protected readonly toAssign = computed(() => whereToAssign(this.#projects.value(), this.id(), dayOf(new Date())));
  protected readonly families = computed(() =>
    (this.account.value()?.families ?? []).filter(({ families }) => families > 0),
  );

  protected readonly link = signal<OneTimeLinkMade | null>(null);
  protected readonly byMail = signal<boolean | null | undefined>(false);
  protected readonly lostPhone = signal<boolean | null | undefined>(false);
  protected readonly doing = signal<'link' | 'end' | null>(null);
  protected readonly linkProblem = signal<unknown>(null);
  protected readonly endProblem = signal<unknown>(null);

  protected languageName(language: string): string {
    return isLanguage(language) ? languageNames[language] : language;
  }

  protected async inviteAgain(): Promise<void> {
    await this.#makeLink(() =>
      this.#call(accountEndpoints.inviteAgain, {
        params: { id: this.id() },
        input: { byMail: this.byMail() ?? false },
      }),
    );
  }

  protected async resetPassword(): Promise<void> {
    await this.#makeLink(() =>
      this.#call(accountEndpoints.resetPassword, {
        params: { id: this.id() },
        input: { byMail: this.byMail() ?? false, removeSecondFactors: this.lostPhone() ?? false },
      }),
    );
  }

  protected async end(name: string): Promise<void> {
    if (this.doing()) return;
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('access.account.endAsk', { name }),
      text: this.#texts.text('access.account.endAskText'),
      yes: this.#texts.text('access.account.endAction'),
      danger: true,
    });
    if (!sure) return;
    this.endProblem.set(null);
    this.doing.set('end');
    try {
      await this.#call(accountEndpoints.end, { params: { id: this.id() } });
      this.link.set(null);
      this.account.reload();
      await this.#snack.show(this.#texts.text('access.account.ended'));
    } catch (problem) {
      this.endProblem.set(problem);
    } finally {
      this.doing.set(null);
    }
  }

  async #makeLink(make: () => Promise<OneTimeLinkMade>): Promise<void> {
    if (this.doing()) return;
    this.linkProblem.set(null);
    this.link.set(null);
    this.doing.set('link');
    try {
      this.link.set(await make());
      this.account.reload();
    } catch (problem) {
      this.linkProblem.set(problem);
    } finally {
      this.doing.set(null);
    }
  }
}
