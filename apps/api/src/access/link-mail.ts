import { Inject, Injectable } from '@nestjs/common';
import { dayOf, timeOf, type LinkPurpose } from '@tilts/domain';
import { format, isLanguage, sourceLanguage, type Language } from '@tilts/i18n';
import { createTransport } from 'nodemailer';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT } from '../platform/settings.js';

/** What a letter tells of a link. */
interface LinkToMail {
  url: string;
  purpose: LinkPurpose;
  expiresAt: string;
}

interface Recipient {
  email: string;
  language: string;
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

  /** Tells somebody that a link set their password: it may not have been them who used it. */
  async tellReset(to: Recipient): Promise<void> {
    const language = languageOf(to);
    await this.letter(to, [
      format(language, 'mail.passwordWasReset.subject'),
      format(language, 'mail.passwordWasReset.body'),
    ]);
  }

  async send(to: Recipient, { url, purpose, expiresAt }: LinkToMail): Promise<void> {
    const language = languageOf(to);
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
    await this.letter(to, words);
  }

  private async letter(to: Recipient, [subject, text]: readonly [string, string]): Promise<void> {
    const { smtpUrl, mailFrom } = this.environment;
    if (!smtpUrl) return;
    await createTransport(smtpUrl).sendMail({
      from: mailFrom,
      to: to.email,
      subject,
      text,
      textEncoding: 'quoted-printable',
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': languageOf(to) },
    });
  }
}

function languageOf({ language }: Recipient): Language {
  return isLanguage(language) ? language : sourceLanguage;
}
