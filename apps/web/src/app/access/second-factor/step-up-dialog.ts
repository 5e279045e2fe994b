import { DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { accessEndpoints, factorEndpoints } from '@tilts/domain';
import { Button, TextPipe } from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting } from '../../platform/problem';
import { read } from '../../platform/read';
import { Session } from '../session';
import { ProofForm, type Proof } from './proof-form';

/** „Is it still you?”: asked before invitations, downloads and the like when the last proof is some time ago. */
@Component({
  selector: 'app-step-up-dialog',
  imports: [Awaiting, Button, ProofForm, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2 id="step-up-heading">{{ 'access.proof.title' | text }}</h2>
    <p id="step-up-text">{{ 'access.proof.text' | text }}</p>
    <app-awaiting [of]="factors" shape="text" [rows]="1" />
    @if (kinds(); as kinds) {
      <app-proof-form
        [kinds]="kinds"
        [action]="'access.proof.action' | text"
        [send]="send"
        [passkeyOptions]="passkeyOptions"
        (proved)="close()"
      />
    }
    <button type="button" tlButton="quiet" wide (click)="dialog.close(false)">{{ 'ui.cancel' | text }}</button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 12px;
      box-sizing: border-box;
      inline-size: min(440px, calc(100vw - 32px));
      max-block-size: calc(100dvh - 32px);
      overflow: auto;
      padding: 24px;
      background: var(--tl-card);
      border-radius: 20px;
      box-shadow: var(--tl-shade);
    }
    h2 {
      margin: 0;
      font-size: 1.1875rem;
      line-height: 1.3;
    }
    p {
      margin: 0;
      color: var(--tl-muted);
    }
  `,
})
export class StepUpDialog {
  readonly #call = inject(CALL);
  readonly #session = inject(Session);
  protected readonly dialog = inject<DialogRef<boolean>>(DialogRef);
  protected readonly factors = read(factorEndpoints.list, () => ({}));
  protected readonly kinds = computed(() => {
    const factors = this.factors.value()?.factors;
    const has = (kind: string) => factors?.some((factor) => factor.kind === kind) ?? false;
    return factors && { totp: has('totp'), passkey: has('passkey') };
  });
  protected readonly send = (proof: Proof) => this.#call(factorEndpoints.prove, { input: proof });
  protected readonly passkeyOptions = () => this.#call(factorEndpoints.provePasskey);

  protected async close(): Promise<void> {
    // A proof with a second factor opens what the password alone did not.
    if (this.#session.me()?.mustSetSecondFactor) await this.#session.know(await this.#call(accessEndpoints.me));
    this.dialog.close(true);
  }
}
