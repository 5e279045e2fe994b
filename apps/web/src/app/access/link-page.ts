import { ChangeDetectionStrategy, Component, computed, effect, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { LinkUse, checkInput, linkEndpoints } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, ProblemNotice, isNotFound } from '../platform/problem';
import { read } from '../platform/read';
import { Door } from './door';
import { Session } from './session';

/** Where a one-time link leads: its person is greeted and sets a password. Used or run out, it says whom to ask. */
@Component({
  selector: 'app-link-page',
  imports: [Awaiting, Button, Door, Notice, ProblemNotice, RouterLink, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './link-page.html',
})
export class LinkPage {
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #session = inject(Session);
  readonly #fragment = toSignal(inject(ActivatedRoute).fragment);

  readonly #token = signal('');
  protected readonly hasToken = computed(() => this.#token() !== '');
  protected readonly link = read(linkEndpoints.look, () =>
    this.#token() ? { input: { token: this.#token() } } : undefined,
  );
  protected readonly gone = computed(() => isNotFound(this.link.problem()) || isNotFound(this.form.failure()));
  protected readonly done = signal(false);
  /** Somebody else's session in this browser: usually the coordinator, who tries the link before handing it over. */
  protected readonly somebody = this.#session.me;
  protected readonly signOutProblem = signal<unknown>(null);

  protected readonly form = formFor(
    { password: '' },
    ({ password }) => checkInput(LinkUse, { token: this.#token(), password }).problems,
  );

  constructor() {
    void this.#session.resume();
    // Behind the # no server sees it; out of the address at once, so that nobody reads it over a shoulder or in the history.
    effect(() => {
      const token = this.#fragment();
      if (!token) return;
      this.#token.set(token);
      this.form.reset({ password: '' });
      void this.#router.navigate([], { replaceUrl: true });
    });
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit(async ({ password }) => {
      await this.#call(linkEndpoints.use, { input: { token: this.#token(), password } });
      return true;
    });
    if (saved) this.done.set(true);
  }

  protected async signOut(): Promise<void> {
    this.signOutProblem.set(null);
    try {
      await this.#session.signOut();
    } catch (problem) {
      this.signOutProblem.set(problem);
    }
  }

  /** Not in the address, which others may see. */
  protected async signIn(): Promise<void> {
    await this.#router.navigate(['/sign-in'], { state: { email: this.link.value()?.email } });
  }
}
