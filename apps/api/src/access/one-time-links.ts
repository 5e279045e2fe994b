import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  DomainError,
  type AccountView,
  type LinkPurpose,
  type LinkUse,
  type LinkView,
  type OneTimeLinkMade,
  type PasswordReset,
} from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import type { Environment } from '../platform/environment.js';
import type { Secrets } from '../platform/secrets.js';
import { ENVIRONMENT, SECRETS } from '../platform/settings.js';
import { refuseUnlessDone } from './account-outcomes.js';
import { emailTokenOf, unsealWords } from './accounts.js';
import { BeforeSession } from './before-session.js';
import { LinkMail } from './link-mail.js';
import { linkHashOf, newLink } from './link-secret.js';
import { hashPassword } from './passwords.js';
import { Cookies } from './refresh-cookie.js';

/** Links with which somebody sets their password, once: made by the coordinator, used by whoever was given one. */
@Injectable()
export class OneTimeLinks {
  private readonly log = new Logger(OneTimeLinks.name);

  constructor(
    private readonly transaction: RequestTransaction,
    private readonly before: BeforeSession,
    private readonly seals: Seals,
    private readonly cookies: Cookies,
    private readonly mail: LinkMail,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The secret is told in this one answer, and kept by nobody. */
  async make(account: AccountView, purpose: LinkPurpose, wish: PasswordReset): Promise<OneTimeLinkMade> {
    const { url, hash, expiresAt } = newLink(
      this.environment.publicUrl,
      this.secrets,
      purpose,
      new Date(this.transaction.now),
    );
    const [done] = await this.transaction.query<{ outcome: string }>(
      'SELECT make_one_time_link($1, $2, $3, $4, $5) AS outcome',
      [account.id, purpose, hash, expiresAt, wish.removeSecondFactors ?? false],
    );
    refuseUnlessDone(done?.outcome);
    const mailed = Boolean(wish.byMail) && this.mail.isOffered;
    if (mailed) this.transaction.afterCommit(() => this.mail.send(account, { url, purpose, expiresAt }));
    return { url, purpose, expiresAt, mailed };
  }

  async look(token: string): Promise<LinkView> {
    const link = await this.find(token);
    const { name, email } = unsealWords(this.seals, link);
    return { purpose: link.purpose, name, email };
  }

  async use({ token, password }: LinkUse, request: FastifyRequest): Promise<void> {
    // Before the password is hashed, which is dear: a stranger may send any token.
    const link = await this.find(token);
    const { email } = unsealWords(this.seals, link);
    const used = await this.before.useLink({
      hash: linkHashOf(this.secrets, token),
      passwordHash: await hashPassword(password),
      delayKey: this.cookies.delayKeyOf(request, emailTokenOf(this.seals, email)),
      requestId: request.id,
    });
    if (!used) throw new DomainError('NOT_FOUND');
    // Not waited for: neither the mail server's time nor its failure is anything of whoever holds the link.
    if (link.purpose === 'passwordReset')
      this.mail.tellReset({ email, language: link.language }).catch((error: unknown) => this.log.error(error));
  }

  private async find(token: string): Promise<NonNullable<Awaited<ReturnType<BeforeSession['lookLink']>>>> {
    const link = await this.before.lookLink(linkHashOf(this.secrets, token));
    if (!link) throw new DomainError('NOT_FOUND');
    return link;
  }
}
