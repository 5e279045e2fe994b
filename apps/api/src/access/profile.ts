import { Inject, Injectable } from '@nestjs/common';
import { DomainError, needsSecondFactor, type Me, type MeDetails, type Role } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';
import { Accounts } from './accounts.js';

interface OwnRow {
  id: string;
  role: Role;
  language: string;
  salt: Buffer;
  sealed: Buffer;
  institution: string | null;
  controller: string | null;
  has_factor: boolean;
  reset_at: string | null;
}

/** Who answers for demo data; production with accounts does not start without a real name. */
const DEMO_CONTROLLER = 'Tilts (demonstrācija)';

/** The signed-in person as they see themselves. */
@Injectable()
export class Profile {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async me(): Promise<Me> {
    const { accountId, level } = this.transaction.session;
    const [own] = await this.transaction.query<OwnRow>(
      `SELECT a.id, a.role, a.language, a.salt, a.sealed, i.name AS institution, (SELECT controller_name FROM installation) AS controller,
         EXISTS (SELECT FROM second_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL) AS has_factor,
         (SELECT max(l.used_at) FROM one_time_link l
          WHERE l.account_id = a.id AND l.purpose = 'passwordReset' AND l.used_at > $2::timestamptz - interval '14 days') AS reset_at
       FROM account a LEFT JOIN institution i ON i.id = a.institution_id WHERE a.id = $1`,
      [accountId, this.transaction.now],
    );
    if (!own) throw new DomainError('SESSION_OVER');
    const workPlaces = await this.transaction.query<{ municipalityId: string; name: string }>(
      `SELECT DISTINCT m.id AS "municipalityId", m.name FROM assignment s JOIN municipality m ON m.id = s.municipality_id
       WHERE s.mediator_id = $1 AND s.starts_on <= $2 AND (s.ends_on IS NULL OR s.ends_on >= $2) ORDER BY m.name`,
      [accountId, this.transaction.today],
    );
    const { name, email } = this.accounts.wordsOf(own);
    return {
      id: own.id,
      role: own.role,
      language: own.language,
      name,
      email,
      institution: own.institution,
      workPlaces,
      controller: this.environment.controllerName ?? own.controller ?? DEMO_CONTROLLER,
      secondFactor: own.has_factor ? 'set' : 'none',
      passwordResetAt: own.reset_at,
      mustSetSecondFactor: level === 'password' && needsSecondFactor(own.role),
    };
  }

  async change({ language }: MeDetails): Promise<Me> {
    await this.transaction.query('UPDATE account SET language = $2 WHERE id = $1', [
      this.transaction.session.accountId,
      language,
    ]);
    return this.me();
  }
}
