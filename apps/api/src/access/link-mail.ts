import { Inject, Injectable } from '@nestjs/common';
import { dayOf, timeOf, type AccountView, type LinkPurpose } from '@tilts/domain';
import { format, isLanguage, sourceLanguage } from '@tilts/i18n';
import { createTransport } from 'nodemailer';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';

/** What a letter tells of a link. */
interface LinkToMail {
  url: string;
  purpose: LinkPurpose;
  expiresAt: string;
}

/**
 * Mails a one-time link to its person, when the coordinator asked for it. Sent at once and never queued or written into a
 * folder: the link would lie there for whoever reads it. When it fails, the coordinator still has the link on the screen.
 */
@Injectable()
export class LinkMail {
  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {}

  get isOffered(): boolean {
    return this.environment.smtpUrl !== undefined;
  }

  async send(to: AccountView, { url, purpose, expiresAt }: LinkToMail): Promise<void> {
    const { smtpUrl, mailFrom } = this.environment;
    if (!smtpUrl) return;
    const language = isLanguage(to.language) ? to.language : sourceLanguage;
    const until = `${dayOf(expiresAt)} ${timeOf(expiresAt)}`;
    const words =
      purpose === 'invitation'
        ? ([
            format(language, 'mail.invitation.subject'),
            format(language, 'mail.invitation.body', { link: url, until }),
          ] as const)
        : ([
            format(language, 'mail.passwordReset.subject'),
            format(language, 'mail.passwordReset.body', { link: url, until }),
          ] as const);
    await createTransport(smtpUrl).sendMail({
      from: mailFrom,
      to: to.email,
      subject: words[0],
      text: words[1],
      textEncoding: 'quoted-printable',
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    });
  }
}
