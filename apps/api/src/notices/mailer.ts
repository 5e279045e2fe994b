import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { format, isLanguage, sourceLanguage } from '@tilts/i18n';
import { createTransport } from 'nodemailer';
import { Accounts } from '../access/accounts.js';
import { RequestTransaction } from '../database/request-transaction.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';
import { MailQueue } from './mail-queue.js';

/** Only the first unread notice about a referral is mailed: one task, one mail, until it was seen. */
const addressee = `
  SELECT a.id, a.language, a.salt, a.sealed, n.referral_id AS "referralId"
  FROM notice n JOIN account a ON a.id = n.account_id
  WHERE n.id = $1 AND n.read_at IS NULL AND a.ended_at IS NULL AND NOT EXISTS (
    SELECT FROM notice e WHERE e.account_id = n.account_id AND e.referral_id = n.referral_id AND e.read_at IS NULL AND (e.at, e.id) < (n.at, n.id))`;

interface Addressee {
  id: string;
  language: string;
  salt: Buffer;
  sealed: Buffer;
  referralId: string;
}

/** Mails „you have a task” with a link, and not a word about whom. Runs in the background as the service `mail`. */
@Injectable()
export class Mailer implements OnApplicationBootstrap {
  constructor(
    private readonly queue: MailQueue,
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.queue.deliverWith(({ noticeId }) => this.deliver(noticeId));
  }

  async deliver(noticeId: string): Promise<void> {
    // Mailing takes long and may fail: the transaction is over before it begins.
    const [to] = await this.transaction.run({ service: 'mail' }, () =>
      this.transaction.query<Addressee>(addressee, [noticeId]),
    );
    if (!to) return;
    const { email } = this.accounts.wordsOf(to);
    const language = isLanguage(to.language) ? to.language : sourceLanguage;
    const { publicUrl, mailFrom, smtpUrl } = this.environment;
    const letter = {
      from: mailFrom,
      to: email,
      subject: format(language, 'mail.task.subject'),
      text: format(language, 'mail.task.body', { link: `${publicUrl}/referrals/${to.referralId}` }),
      textEncoding: 'quoted-printable' as const,
      // The same notice mailed again after a crash is the same letter.
      messageId: `<${noticeId}@${new URL(publicUrl).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    };
    if (smtpUrl) await createTransport(smtpUrl).sendMail(letter);
    else await this.keep(noticeId, await createTransport({ streamTransport: true, buffer: true }).sendMail(letter));
  }

  /** Without SMTP the letter lies in a folder, as a mail program would open it. */
  private async keep(noticeId: string, { message }: { message: unknown }): Promise<void> {
    const outbox = join(this.environment.dataDir, 'outbox');
    await mkdir(outbox, { recursive: true, mode: 0o700 });
    const file = join(outbox, `${noticeId}.eml`);
    await writeFile(`${file}.new`, message as Buffer, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
}
