import { Inject, Injectable } from '@nestjs/common';
import { setUpSteps, type ControllerNamed, type InstallationView, type SetUpStep } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';

/** Which steps of the set-up were done by somebody. An institution of the whole country is there from the start. */
const done = `
  SELECT EXISTS (SELECT FROM municipality) AS municipality, EXISTS (SELECT FROM institution WHERE municipality_id IS NOT NULL) AS institution,
    EXISTS (SELECT FROM project) AS project, EXISTS (SELECT FROM account WHERE role = 'mediator' AND ended_at IS NULL) AS mediator`;

/** This Tilts itself: who answers for its data, and what is still to be set up. */
@Injectable()
export class InstallationService {
  constructor(
    private readonly transaction: RequestTransaction,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async read(): Promise<InstallationView> {
    const [own] = await this.transaction.query<{ controllerName: string | null; setUpAt: string | null }>(
      'SELECT controller_name AS "controllerName", set_up_at AS "setUpAt" FROM installation',
    );
    const controllerNames = await this.transaction.query<ControllerNamed>(
      'SELECT name, since FROM controller_naming ORDER BY since DESC, id DESC',
    );
    const [steps] = await this.transaction.query<Record<SetUpStep, boolean>>(done);
    const { controllerName, smtpUrl } = this.environment;
    return {
      controllerName: controllerName ?? own?.controllerName ?? null,
      controllerNamedByServer: controllerName !== undefined,
      controllerNames,
      setUpAt: own?.setUpAt ?? null,
      missing: setUpSteps.values.filter((step) => !steps?.[step]),
      canMail: smtpUrl !== undefined,
    };
  }

  async nameController(name: string): Promise<InstallationView> {
    await this.transaction.query('SELECT name_controller($1)', [name]);
    return this.read();
  }

  async finishSetUp(): Promise<InstallationView> {
    await this.transaction.query('SELECT finish_set_up()');
    return this.read();
  }
}
