import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { Router } from '@angular/router';
import { accessEndpoints, factorEndpoints, type RecoveryCodes, type SecondFactorView } from '@tilts/domain';
import {
  Between,
  Button,
  Card,
  Confirm,
  Icon,
  List,
  MomentPipe,
  Notice,
  PageFrame,
  Section,
  Snack,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, problemText } from '../../platform/problem';
import { read } from '../../platform/read';
import { homeOf } from '../home';
import { Session } from '../session';
import { PasskeySetup } from './passkey-setup';
import { RecoveryCodesOnce } from './recovery-codes';
import { StepUp } from './step-up';
import { TotpSetup } from './totp-setup';

/** My second factors: what there is, adding and removing one, recovery codes. A coordinator comes here before any work. */
@Component({
  selector: 'app-second-factor-page',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    Icon,
    List,
    MomentPipe,
    Notice,
    PageFrame,
    PasskeySetup,
    RecoveryCodesOnce,
    Section,
    TextPipe,
    TotpSetup,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './second-factor-page.html',
  styles: `
    .factor {
      display: flex;
      flex: 1 1 220px;
      gap: 12px;
      align-items: center;
      min-inline-size: 0;
    }
    .ways {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
    .way {
      display: grid;
      gap: 4px;
    }
    .way button {
      margin-block-start: 8px;
      justify-self: start;
    }
  `,
})
export class SecondFactorPage {
  readonly #call = inject(CALL);
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  readonly #stepUp = inject(StepUp);
  readonly #confirm = inject(Confirm);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);

  protected readonly own = read(factorEndpoints.list, () => ({}));
  protected readonly factors = computed(() => this.own.value()?.factors ?? []);
  /** Led here: their role demands it. */
  protected readonly must = computed(() => this.#session.me()?.mustSetSecondFactor ?? false);
  protected readonly isSet = computed(() => this.#session.me()?.secondFactor === 'set');
  readonly #led = this.must();
  protected readonly adding = signal<'totp' | 'passkey' | null>(null);
  protected readonly codes = signal<readonly string[] | null>(null);

  protected kindOf(factor: SecondFactorView): string {
    return this.#texts.text(`access.factorKind.${factor.kind}`);
  }

  /** Set up, but this session has shown the password only. */
  protected async show(): Promise<void> {
    if ((await this.#stepUp.proveAnew()) && !this.must()) await this.#goOn();
  }

  protected async added({ recoveryCodes }: RecoveryCodes): Promise<void> {
    this.adding.set(null);
    this.own.reload();
    await this.#session.know(await this.#call(accessEndpoints.me));
    if (recoveryCodes.length > 0) this.codes.set(recoveryCodes.map(({ code }) => code));
    else await this.#snack.show(this.#texts.text('access.factors.added'));
  }

  protected async keptCodes(): Promise<void> {
    this.codes.set(null);
    if (this.#led) await this.#goOn();
  }

  protected async remove(factor: SecondFactorView): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('access.factors.removeTitle', { name: factor.name }),
      text: this.#texts.text(this.factors().length > 1 ? 'access.factors.removeText' : 'access.factors.removeLastText'),
      yes: this.#texts.text('access.factors.remove'),
      danger: true,
    });
    if (!sure) return;
    await this.#tell(async () => {
      await this.#call(factorEndpoints.remove, { params: { id: factor.id } });
      await this.#session.know(await this.#call(accessEndpoints.me));
      await this.#snack.show(this.#texts.text('access.factors.removed'));
    });
    this.own.reload();
  }

  protected async newCodes(): Promise<void> {
    await this.#tell(async () => {
      const { recoveryCodes } = await this.#call(factorEndpoints.newRecoveryCodes);
      this.codes.set(recoveryCodes.map(({ code }) => code));
    });
    this.own.reload();
  }

  async #goOn(): Promise<void> {
    await this.#router.navigateByUrl(homeOf(this.#session.role()));
  }

  async #tell(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (problem) {
      await this.#snack.show(problemText(this.#texts, problem));
    }
  }
}
