import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { accessEndpoints, type Role, type SessionView } from '@tilts/domain';
import { languageNames, languages, type Language } from '@tilts/i18n';
import {
  Between,
  Button,
  Card,
  ChipOne,
  Definitions,
  Icon,
  List,
  MomentPipe,
  PageFrame,
  Section,
  Snack,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { CALL } from '../platform/call';
import { PageLanguage } from '../platform/language';
import { Awaiting, problemText } from '../platform/problem';
import { read } from '../platform/read';
import { PageScheme, schemeOptions } from '../platform/scheme';
import { SECOND_FACTOR } from './guards';
import { Session } from './session';

/** Who I am here, which language I read, and where I am signed in. */
@Component({
  selector: 'app-profile-page',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    ChipOne,
    Definitions,
    Icon,
    List,
    MomentPipe,
    PageFrame,
    RouterLink,
    Section,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './profile-page.html',
  styles: `
    .device {
      display: flex;
      gap: 12px;
      align-items: center;
      min-inline-size: 0;
    }
  `,
})
export class ProfilePage {
  readonly #call = inject(CALL);
  readonly #session = inject(Session);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly active = inject(PageLanguage).active;
  protected readonly me = this.#session.me;
  protected readonly scheme = inject(PageScheme);
  protected readonly schemes = computed(() => schemeOptions(this.#texts));
  protected readonly secondFactor = SECOND_FACTOR;
  protected readonly sessions = read(accessEndpoints.sessions, () => ({}));
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value], lang: value }));

  protected role(role: Role): string {
    return this.#texts.text(`access.role.${role}`);
  }

  protected places(): string {
    return (this.me()?.workPlaces ?? []).map((place) => place.name).join(', ');
  }

  protected async speak(language: Language | null | undefined): Promise<void> {
    if (!language || language === this.active()) return;
    await this.#tell('access.profile.languageSaved', async () =>
      this.#session.know(await this.#call(accessEndpoints.changeMe, { input: { language } })),
    );
  }

  protected async revoke(session: SessionView): Promise<void> {
    await this.#tell('access.profile.revoked', () =>
      this.#call(accessEndpoints.endSession, { params: { id: session.id } }),
    );
    this.sessions.reload();
  }

  protected async signOut(): Promise<void> {
    try {
      await this.#session.signOut();
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }

  async #tell(
    done: 'access.profile.languageSaved' | 'access.profile.revoked',
    work: () => Promise<unknown>,
  ): Promise<void> {
    try {
      await work();
      await this.#snack.show(this.#texts.text(done));
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }
}
