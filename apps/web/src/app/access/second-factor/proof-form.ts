import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  linkedSignal,
  output,
} from '@angular/core';
import type { PasskeyOptions } from '@tilts/domain';
import { Button, Notice, TextField, TextPipe, formFor } from '@tilts/ui';
import { ProblemNotice } from '../../platform/problem';
import { Waiting } from '../waiting';
import { NoPasskey, showPasskey } from './browser-passkeys';

/** With what somebody can prove themselves; with neither, the password counts. */
export interface ProofKinds {
  totp: boolean;
  passkey: boolean;
}

/** One of these. */
export interface Proof {
  code?: string;
  recoveryCode?: string;
  passkey?: string;
  password?: string;
}

type Way = 'code' | 'recoveryCode' | 'passkey' | 'password';

/** Shows that it is really them: a code, a passkey, a recovery code, or the password of who has none of these. */
@Component({
  selector: 'app-proof-form',
  imports: [Button, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './proof-form.html',
})
export class ProofForm {
  readonly kinds = input.required<ProofKinds>();
  /** The words of the button that sends what was typed. */
  readonly action = input.required<string>();
  /** Sends the proof; rejects when it was refused. */
  readonly send = input.required<(proof: Proof) => Promise<unknown>>();
  readonly passkeyOptions = input.required<() => Promise<PasskeyOptions>>();
  readonly proved = output();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  readonly #injector = inject(Injector);
  protected readonly waiting = new Waiting();
  readonly #first = computed<Way>(() => (this.kinds().totp ? 'code' : this.kinds().passkey ? 'passkey' : 'password'));
  protected readonly way = linkedSignal(() => this.#first());
  protected readonly hasFactor = computed(() => this.#first() !== 'password');
  protected readonly form = formFor({ code: '', recoveryCode: '', password: '' }, (value) => {
    const way = this.way();
    if (way === 'passkey') return [];
    if (!value[way].trim()) return [{ field: way, code: 'required' }];
    return way === 'code' && !/^\s*(\d\s*){6}$/.test(value.code) ? [{ field: way, code: 'sixDigits' }] : [];
  });
  protected readonly noPasskey = computed(() => this.form.failure() instanceof NoPasskey);
  protected readonly failure = computed(() => (this.waiting.is() || this.noPasskey() ? null : this.form.failure()));

  constructor() {
    this.#focus();
  }

  protected async give(event: Event): Promise<void> {
    event.preventDefault();
    const way = this.way();
    if (way !== 'passkey') await this.#send((typed) => Promise.resolve({ [way]: typed[way] }));
  }

  protected async askPasskey(): Promise<void> {
    if (this.hasFactor() && this.way() !== 'passkey') this.way.set('passkey');
    await this.#send(async () => {
      const { options } = await this.passkeyOptions()();
      return { passkey: await showPasskey(options).catch((error: unknown) => Promise.reject(new NoPasskey(error))) };
    });
  }

  protected other(way: Way): void {
    this.way.set(way);
    this.form.reset({ code: '', recoveryCode: '', password: '' });
    this.#focus();
  }

  /** Back from the recovery code. */
  protected usual(): void {
    this.other(this.#first());
  }

  async #send(
    proof: (typed: { code: string; recoveryCode: string; password: string }) => Promise<Proof>,
  ): Promise<void> {
    if (this.waiting.is()) return;
    const done = await this.form.submit(async (typed) => {
      await this.send()(await proof(typed));
      return true;
    });
    this.waiting.take(this.form.failure());
    if (done) this.proved.emit();
    else if (this.form.failure() && this.way() !== 'passkey') this.#host.nativeElement.querySelector('input')?.select();
  }

  #focus(): void {
    afterNextRender(() => this.#host.nativeElement.querySelector<HTMLElement>('input, button')?.focus(), {
      injector: this.#injector,
    });
  }
}
