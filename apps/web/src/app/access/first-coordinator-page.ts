import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { FirstCoordinator, checkInput, installationEndpoints } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, ProblemNotice, isNotFound } from '../platform/problem';
import { read } from '../platform/read';
import { Door } from './door';

/** The very first account of a new Tilts: whoever started the server opens the one-time link that it printed. */
@Component({
  selector: 'app-first-coordinator-page',
  imports: [Awaiting, Button, Door, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-door>
      @if (gone()) {
        <h1 tabindex="-1">{{ 'access.first.gone' | text }}</h1>
        <p>{{ 'access.first.goneText' | text }}</p>
        <button type="button" tlButton="secondary" wide (click)="signIn()">{{ 'access.signIn.action' | text }}</button>
      } @else if (!hasKey()) {
        <h1 tabindex="-1">{{ 'access.link.empty' | text }}</h1>
        <p>{{ 'access.first.emptyText' | text }}</p>
      } @else {
        <h1 tabindex="-1">{{ 'access.first.title' | text }}</h1>
        @if (done()) {
          <tl-notice tone="ok" [live]="true">{{ 'access.first.done' | text }}</tl-notice>
          <button type="button" tlButton wide (click)="signIn()">{{ 'access.signIn.action' | text }}</button>
        } @else if (look.value(); as look) {
          <p class="tl-muted">{{ 'access.first.text' | text }}</p>
          <form class="tl-stack" novalidate (submit)="create($event)">
            @if (look.controllerName === null) {
              <tl-text
                autocomplete="organization"
                [field]="form.field('controllerName')"
                [label]="'access.field.controllerName' | text"
                [hint]="'access.first.controllerHint' | text"
              />
            } @else {
              <tl-text
                [value]="look.controllerName"
                [label]="'access.field.controllerName' | text"
                [hint]="'access.first.controllerHint' | text"
                disabled
              />
            }
            <tl-text autocomplete="name" [field]="form.field('name')" [label]="'access.field.name' | text" />
            <tl-text
              type="email"
              autocomplete="username"
              [field]="form.field('email')"
              [label]="'access.field.email' | text"
            />
            <tl-text
              type="password"
              autocomplete="new-password"
              [field]="form.field('password')"
              [label]="'access.field.password' | text"
              [hint]="'access.first.passwordHint' | text"
            />
            <app-problem [of]="form.failure()" />
            <button type="submit" tlButton wide [busy]="form.sending()">{{ 'access.first.action' | text }}</button>
          </form>
        } @else {
          <app-awaiting [of]="look" shape="text" />
        }
      }
    </app-door>
  `,
})
export class FirstCoordinatorPage {
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  /** Also read behind the # of the link, where no server log sees it. */
  readonly token = input<string>();
  readonly #fragment = toSignal(inject(ActivatedRoute).fragment);
  readonly #key = signal('');
  protected readonly look = read(installationEndpoints.lookFirstCoordinator, () =>
    this.#key() ? { input: { token: this.#key() } } : undefined,
  );
  protected readonly hasKey = computed(() => this.#key() !== '');
  protected readonly gone = computed(() => [this.look.problem(), this.form.failure()].some(isNotFound));
  protected readonly done = signal(false);
  protected readonly form = formFor({ controllerName: '', name: '', email: '', password: '' }, (value) => [
    ...checkInput(FirstCoordinator, { ...value, token: this.#key() }).problems,
    ...(this.look.value()?.controllerName === null && !value.controllerName.trim()
      ? [{ field: 'controllerName', code: 'required' }]
      : []),
  ]);

  constructor() {
    // Out of the address at once: the link opens everything.
    effect(() => {
      const key = this.#fragment() ?? this.token();
      if (!key) return;
      this.#key.set(key);
      void this.#router.navigate([], { replaceUrl: true });
    });
  }

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const made = await this.form.submit(async (value) => {
      const controllerName = this.look.value()?.controllerName === null ? value.controllerName : null;
      await this.#call(installationEndpoints.firstCoordinator, {
        input: { ...value, controllerName, token: this.#key() },
      });
      return true;
    });
    if (made) this.done.set(true);
  }

  protected async signIn(): Promise<void> {
    await this.#router.navigate(['/sign-in'], { state: { email: this.form.value().email } });
  }
}
