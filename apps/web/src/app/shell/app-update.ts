import { ApplicationRef, DOCUMENT, DestroyRef, Injectable, computed, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { NavigationStart, Router } from '@angular/router';
import { formsInWork } from '@tilts/ui';
import { fromEvent } from 'rxjs';
import { buildOf, choose, noteHold, notedHold, registerWorker, type Build } from '../platform/app-worker';
import { MayUpdate } from '../platform/may-update';
import { runningBuild } from '../platform/newer-build';

const HOUR = 3_600_000;
/** How soon after a tap on a link its navigation begins. */
const AT_ONCE = 500;

/**
 * Keeps the app on the device and brings newer builds, which come in the background. A newer one opens when its person asks for it or
 * goes to another page, never over a form with unsaved words, never over unsent work that it would write otherwise.
 */
@Injectable({ providedIn: 'root' })
export class AppUpdate {
  readonly #document = inject(DOCUMENT);
  readonly #router = inject(Router);
  readonly #app = inject(ApplicationRef);
  readonly #destroyed = inject(DestroyRef);
  readonly #unsent = inject(MayUpdate, { optional: true })?.unsentSchema ?? signal(null);
  /** What was noted for the worker; undefined until that was read. */
  readonly #noted = signal<number | null | undefined>(undefined);
  readonly #newer = signal<Build | null>(null);
  #registration: ServiceWorkerRegistration | undefined;
  #lookedAt = 0;
  #tappedAt = -Infinity;
  readonly #leaving = signal(false);

  /** A newer build is whole on this device, and nothing unsent stands in its way. */
  readonly ready = computed(() => {
    const newer = this.#newer();
    const known = this.#unsent();
    const unsent = known === undefined ? this.#noted() : known;
    return !this.#leaving() && newer !== null && unsent !== undefined && (unsent === null || unsent === newer.schema);
  });

  constructor() {
    effect(() => {
      const unsent = this.#unsent();
      // A browser without room for that note still sends what is unsent: the office takes the two schemas before.
      if (unsent !== undefined) void noteHold(unsent).catch(() => undefined);
    });
  }

  /** After the first page stands, so that it waits for nothing of this. */
  async start(): Promise<void> {
    await this.#app.whenStable();
    this.#registration = await registerWorker();
    if (!this.#registration) return;
    this.#lookedAt = Date.now();
    const workers = navigator.serviceWorker;
    this.#on(this.#registration, 'updatefound', () => {
      const coming = this.#registration?.installing;
      if (coming) this.#on(coming, 'statechange', () => void this.#compare());
    });
    this.#on(workers, 'controllerchange', () => void this.#compare());
    this.#on(this.#document, 'visibilitychange', () => void this.#lookSometimes());
    const timer = setInterval(() => void this.#lookSometimes(), HOUR);
    this.#destroyed.onDestroy(() => clearInterval(timer));
    this.#followLinks();
    await this.#compare();
  }

  /** Opens this page, or another, from the newer build; false when somebody would lose what they typed. */
  async open(url: string = this.#router.url): Promise<boolean> {
    if (formsInWork()) return false;
    if (!this.ready()) return true;
    const newer = this.#newer();
    this.#leaving.set(true);
    // Where that cannot be noted, the same build opens once more.
    if (newer) await choose(newer).catch(() => undefined);
    const { location } = this.#document.defaultView ?? {};
    // The same address would only scroll.
    if (url === this.#router.url) location?.reload();
    else location?.assign(url);
    return true;
  }

  /** Is the worker that waits, or the one that works, of another build than this page? */
  async #compare(): Promise<void> {
    const build = await buildOf(this.#registration?.waiting ?? this.#registration?.active ?? null);
    this.#noted.set(await notedHold().catch(() => null));
    if (build) this.#newer.set(build.id === runningBuild(this.#document) ? null : build);
  }

  async #lookSometimes(): Promise<void> {
    if (this.#document.visibilityState !== 'visible' || Date.now() - this.#lookedAt < HOUR) return;
    this.#lookedAt = Date.now();
    // Without a network: the next time.
    await this.#registration?.update().catch(() => undefined);
  }

  /** A tap on a link leaves the page anyhow: the next one then comes from the newer build. */
  #followLinks(): void {
    this.#document.addEventListener(
      'click',
      ({ target, timeStamp }) => {
        if (target instanceof Element && target.closest('a[href]')) this.#tappedAt = timeStamp;
      },
      { capture: true },
    );
    this.#router.events.pipe(takeUntilDestroyed(this.#destroyed)).subscribe((event) => {
      if (!(event instanceof NavigationStart) || !this.ready() || performance.now() - this.#tappedAt > AT_ONCE) return;
      if (event.url.split(/[?#]/)[0] !== this.#router.url.split(/[?#]/)[0]) void this.open(event.url);
    });
  }

  #on(target: EventTarget, name: string, act: () => void): void {
    fromEvent(target, name).pipe(takeUntilDestroyed(this.#destroyed)).subscribe(act);
  }
}
