import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, RouterLink } from '@angular/router';
import { FirstCoordinator, accessEndpoints, checkInput } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { ProblemNotice } from '../platform/problem';
import { Door } from './door';

/** The very first account of a new Tilts: whoever started the server opens the one-time link that it printed. */
@Component({
  selector: 'app-first-coordinator-page',
  imports: [Button, Door, Notice, ProblemNotice, RouterLink, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-door>
      <h1 tabindex="-1">{{ 'access.first.title' | text }}</h1>
      @if (done()) {
        <tl-notice tone="ok" [live]="true">{{ 'access.first.done' | text }}</tl-notice>
        <a tlButton wide routerLink="/sign-in">{{ 'access.signIn.action' | text }}</a>
      } @else {
        <p class="tl-muted">{{ 'access.first.text' | text }}</p>
        <form class="tl-stack" novalidate (submit)="create($event)">
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
      }
    </app-door>
  `,
})
export class FirstCoordinatorPage {
  readonly #call = inject(CALL);
  /** Also read behind the # of the link, where no server log sees it. */
  readonly token = input<string>();
  readonly #fragment = toSignal(inject(ActivatedRoute).fragment);
  readonly #key = computed(() => this.token() ?? this.#fragment() ?? '');
  protected readonly done = signal(false);
  protected readonly form = formFor(
    { name: '', email: '', password: '' },
    (value) => checkInput(FirstCoordinator, { ...value, token: this.#key() }).problems,
  );

  protected async create(event: Event): Promise<void> {
    event.preventDefault();
    const made = await this.form.submit(async (value) => {
      await this.#call(accessEndpoints.firstCoordinator, { input: { ...value, token: this.#key() } });
      return true;
    });
    if (made) this.done.set(true);
  }
}
