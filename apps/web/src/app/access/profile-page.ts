import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { accessEndpoints, type Role, type SessionView } from '@tilts/domain';
import { languageNames, languages, type Language, type TextKey } from '@tilts/i18n';
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
import { SignOut } from './sign-out';

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
  readonly #signOut = inject(SignOut);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly active = inject(PageLanguage).active;
  protected readonly me = this.#session.me;
  protected readonly scheme = inject(PageScheme);
  protected readonly schemes = computed(() => schemeOptions(this.#texts));
  /** A mediator's phone holds a copy; how it is with that stands on a page of its own. */
  protected readonly hasPhone = computed(() => this.#session.may('sync:own'));
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
    await this.#tell(async () =>
      (await this.#session.speak(language)) === 'saved'
        ? 'access.profile.languageSaved'
        : 'access.profile.languageLater',
    );
  }

  protected async revoke(session: SessionView): Promise<void> {
    await this.#tell(async () => {
      await this.#call(accessEndpoints.endSession, { params: { id: session.id } });
      return 'access.profile.revoked';
    });
    this.sessions.reload();
  }

  protected signOut(): void {
    void this.#signOut.go();
  }

  async #tell(work: () => Promise<TextKey>): Promise<void> {
    try {
      await this.#snack.show(this.#texts.text(await work()));
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }
}
