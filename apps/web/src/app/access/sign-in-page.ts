import { Location } from '@angular/common';
import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import { NewSession, checkInput, factorEndpoints } from '@tilts/domain';
import { Button, Notice, Skeleton, TextField, TextPipe, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { CallProblem } from '../platform/exchange';
import { ProblemNotice } from '../platform/problem';
import { Door } from './door';
import { backTo } from './home';
import { ProofForm, type Proof, type ProofKinds } from './second-factor/proof-form';
import { accountsWithUnsent } from './left-behind';
import { Session } from './session';
import { Waiting } from './waiting';

/** What the server answered to a right password of somebody who has a second factor. */
interface Asked extends ProofKinds {
  ticket: string;
}

/**
 * The door: e-mail, password, language, and for some a second step. After too many tries it asks to wait and says how long; it never
 * locks anybody out.
 */
@Component({
  selector: 'app-sign-in-page',
  imports: [Button, Door, Notice, ProblemNotice, ProofForm, RouterLink, Skeleton, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './sign-in-page.html',
})
export class SignInPage {
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly #call = inject(CALL);
  protected readonly heading = viewChild<ElementRef<HTMLElement>>('heading');
  readonly #injector = inject(Injector);
  readonly back = input<string>();

  protected readonly form = formFor(
    { email: emailOf(inject(Location).getState()), password: '' },
    (value) => checkInput(NewSession, { email: value.email, password: value.password || null }).problems,
  );
  /** Nobody was signed out: the server did not answer whether somebody is signed in. */
  protected readonly unanswered = this.#session.unanswered.asReadonly();
  protected readonly waiting = new Waiting();
  protected readonly leftBehind = accountsWithUnsent().length > 0;
  protected readonly asked = signal<Asked | null>(null);
  readonly #over = signal<unknown>(null);
  protected readonly failure = computed(() => (this.waiting.is() ? null : (this.#over() ?? this.form.failure())));
  protected async tryAgain(): Promise<void> {
    if (await this.#session.resume()) await this.comeIn();
  }

  protected async signIn(event: Event): Promise<void> {
    event.preventDefault();
    if (this.waiting.is()) return;
    this.#over.set(null);
    const asked = await this.form.submit(async (input) => {
      try {
        await this.#session.signIn(input);
        return 'nothing more';
      } catch (problem) {
        return askedBy(problem) ?? Promise.reject(problem as Error);
      }
    });
    this.waiting.take(this.form.failure());
    if (asked === 'nothing more') await this.comeIn();
    else if (asked) this.asked.set(asked);
  }

  protected readonly secondStep = async (proof: Proof): Promise<void> => {
    try {
      await this.#session.goOn({ ticket: this.asked()?.ticket ?? '', ...proof });
    } catch (problem) {
      if (problem instanceof CallProblem && problem.code === 'SECOND_STEP_OVER') this.fromTheStart(problem);
      throw problem;
    }
  };

  protected readonly passkeyOptions = () =>
    this.#call(factorEndpoints.secondStepPasskey, { input: { ticket: this.asked()?.ticket ?? '' } });

  protected fromTheStart(why: unknown = null): void {
    this.asked.set(null);
    this.form.reset({ ...this.form.value(), password: '' });
    this.#over.set(why);
    // What had the focus is gone.
    afterNextRender(() => this.heading()?.nativeElement.focus(), { injector: this.#injector });
  }

  protected async comeIn(): Promise<void> {
    await this.#router.navigateByUrl(backTo(this.back(), this.#session.role()), { replaceUrl: true });
  }
}

function askedBy(problem: unknown): Asked | null {
  if (!(problem instanceof CallProblem) || problem.code !== 'SECOND_FACTOR_ASKED') return null;
  const { ticket, totp, passkey } = problem.params;
  return { ticket: String(ticket), totp: totp === 'yes', passkey: passkey === 'yes' };
}

/** Who has just set a password does not type the e-mail again; it comes beside the address, not in it. */
function emailOf(state: unknown): string {
  const { email } = (state ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email : '';
}
