import { ChangeDetectionStrategy, Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { Router } from '@angular/router';
import { NewSession, checkInput } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, formFor } from '@tilts/ui';
import { CallProblem } from '../platform/exchange';
import { ProblemNotice } from '../platform/problem';
import { Door } from './door';
import { backTo } from './home';
import { Session } from './session';

/** The door: e-mail, password, language. After too many tries it asks to wait and says how long; it never locks anybody out. */
@Component({
  selector: 'app-sign-in-page',
  imports: [Button, Door, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sign-in-page.html',
})
export class SignInPage {
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly back = input<string>();

  protected readonly form = formFor(
    { email: '', password: '' },
    (value) => checkInput(NewSession, { email: value.email, password: value.password || null }).problems,
  );
  /** Nobody was signed out: the server did not answer whether somebody is signed in. */
  protected readonly unanswered = this.#session.unanswered.asReadonly();
  protected readonly wait = signal(0);
  protected readonly failure = computed(() => (this.wait() > 0 ? null : this.form.failure()));
  readonly #clock = setInterval(() => this.wait.update((seconds) => Math.max(0, seconds - 1)), 1000);

  constructor() {
    inject(DestroyRef).onDestroy(() => clearInterval(this.#clock));
  }

  protected async tryAgain(): Promise<void> {
    if (await this.#session.resume())
      await this.#router.navigateByUrl(backTo(this.back(), this.#session.role()), { replaceUrl: true });
  }

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.wait() > 0) return;
    const done = await this.form.submit(async (input) => {
      await this.#session.signIn(input);
      return true;
    });
    if (done) await this.#router.navigateByUrl(backTo(this.back(), this.#session.role()), { replaceUrl: true });
    const problem = this.form.failure();
    if (problem instanceof CallProblem && problem.code === 'SIGN_IN_LATER')
      this.wait.set(Number(problem.params['seconds'] ?? 30));
  }
}
