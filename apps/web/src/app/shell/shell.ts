import {
  DOCUMENT,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { Button, Icon, MomentPipe, Notice, Segments, TextPipe, Texts } from '@tilts/ui';
import { filter } from 'rxjs';
import { Session } from '../access/session';
import { SignOut } from '../access/sign-out';
import { CodeLists } from '../codeLists/code-lists';
import { PageScheme, schemeOptions } from '../platform/scheme';
import { Phone } from '../sync/phone';
import { PhoneLine } from '../sync/phone-line';
import { PhoneNotices } from '../sync/phone-notices';
import { AppUpdateNotice } from './app-update-notice';
import { Notices } from './notices';
import { placesOf, rarePlacesOf, type Place } from './places';

/** The frame around every page: bottom bar on a phone, rail at a desk, the person menu, and the focus after a change of page. */
@Component({
  selector: 'app-root',
  imports: [
    AppUpdateNotice,
    Button,
    Icon,
    MomentPipe,
    Notice,
    PhoneLine,
    PhoneNotices,
    RouterLink,
    RouterOutlet,
    Segments,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '[class.signed-in]': 'places().length > 0',
    '[class.with-bar]': 'places().length > 1',
    '[class.with-phone]': 'withPhone()',
  },
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
})
export class Shell {
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly #texts = inject(Texts);
  readonly #signOut = inject(SignOut);
  readonly #phone = inject(Phone);
  readonly #document = inject(DOCUMENT);
  readonly #codeLists = inject(CodeLists);
  protected readonly notices = inject(Notices);
  protected readonly scheme = inject(PageScheme);
  protected readonly schemes = computed(() => schemeOptions(this.#texts));
  protected readonly me = this.#session.me;
  protected readonly reset = computed(() => (this.places().length > 0 ? this.#session.passwordReset() : null));
  protected readonly path = signal('/');
  readonly #onDoor = computed(() => ['/sign-in', '/first-coordinator', '/link', '/rescue'].includes(this.path()));
  readonly #bare = computed(() => this.path().endsWith('/print'));
  protected readonly places = computed<readonly Place[]>(() => {
    const role = this.#session.role();
    return role && !this.#onDoor() && !this.#bare() ? placesOf[role] : [];
  });
  /** The state of the phone's copy: for who has one. */
  protected readonly withPhone = computed(
    () => this.places().length > 1 && (this.#phone.on() || this.#phone.trouble() !== null),
  );
  /** Seldom needed: under the others at a desk, in the person menu on a phone. */
  protected readonly rarePlaces = computed<readonly Place[]>(() => {
    const role = this.#session.role();
    return role && this.places().length > 0 ? (rarePlacesOf[role] ?? []) : [];
  });
  protected readonly initial = computed(
    () => this.me()?.name.trim().charAt(0).toLocaleUpperCase(this.#texts.language()) ?? '',
  );
  protected readonly role = computed(() => {
    const role = this.#session.role();
    return role ? this.#texts.text(`access.role.${role}`) : '';
  });
  protected readonly hasNotices = computed(() => this.me() !== null && this.#session.may('notice:own'));
  protected readonly mayHelpUnrecorded = computed(
    () => this.me() !== null && this.#session.may('unrecordedHelp:write'),
  );

  constructor() {
    let before: string | null = null;
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        takeUntilDestroyed(),
      )
      .subscribe((event) => {
        const path = event.urlAfterRedirects.split(/[?#]/)[0] ?? '/';
        this.path.set(path);
        this.#document.getElementById('person-menu')?.hidePopover();
        if (before !== null && before !== path) this.#focusHeading();
        before = path;
        if (this.hasNotices()) this.notices.refresh();
        // Beside the page that was opened, never before it.
        if (this.#session.may('codeList:read') && !this.#session.needsSecondFactorFor('codeList:read'))
          void this.#codeLists.readOnce();
      });
    this.#leaveWhenOver();
  }

  protected isHere(place: Place): boolean {
    const path = this.path();
    const others = this.places().filter((other) => other !== place && path === other.path);
    return (
      others.length === 0 &&
      [place.path, place.also].some((start) => start !== undefined && (path === start || path.startsWith(`${start}/`)))
    );
  }

  protected count(place: Place): number {
    return place.path === '/notices' ? this.notices.unread() : 0;
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.#document.getElementById('content')?.focus();
  }

  protected resetSeen(): void {
    this.#session.passwordResetSeen();
    this.#focusHeading();
  }

  protected signOut(): void {
    this.#document.getElementById('person-menu')?.hidePopover();
    void this.#signOut.go();
  }

  /** A new page is announced by its heading; a page that is still loading, by its place. */
  #focusHeading(): void {
    setTimeout(() => {
      const main = this.#document.getElementById('content');
      (main?.querySelector<HTMLElement>('h1[tabindex]') ?? main)?.focus({ preventScroll: true });
    });
  }

  /** Signed out: to the door. Revoked or run out while working: to the door, and back to this page afterwards. */
  #leaveWhenOver(): void {
    effect(() => {
      const ended = this.#session.ended();
      if (ended === null || untracked(this.#onDoor)) return;
      const back = ended === 'over' ? { queryParams: { back: this.#router.url } } : {};
      void this.#router.navigate(['/sign-in'], back);
    });
  }
}
