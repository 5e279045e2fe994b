import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choice, Email, Moment, RawText, Text, YesNo } from '../fields/fields.js';

/** What a one-time link is for. Either way its person sets a password with it. */
export const linkPurposes = choices('access.linkPurpose', ['invitation', 'passwordReset']);
export type LinkPurpose = ChoiceOf<typeof linkPurposes>;

/** A link that was made just now. Nobody is told it a second time: the database keeps a hash. */
export class OneTimeLinkMade {
  /** Its secret stands behind „#”, which a browser sends to no server. */
  @RawText({ max: 500 })
  url: string;

  @Choice(linkPurposes)
  purpose: LinkPurpose;

  @Moment()
  expiresAt: string;

  /** Whether it also went to the person's e-mail. */
  @YesNo()
  mailed: boolean;
}

/** How a new link reaches its person. */
export class LinkWish {
  /** Also mail it, where Tilts can mail. */
  @YesNo({ optional: true })
  byMail?: boolean | null;
}

export class PasswordReset extends LinkWish {
  /** The telephone is lost: using the link takes away passkeys, authenticator app and recovery codes too. */
  @YesNo({ optional: true })
  removeSecondFactors?: boolean | null;
}

/** What stands behind „#” in a link. */
export class LinkToken {
  @RawText({ max: 200 })
  token: string;
}

/** Whom a link is for, told to whoever holds it. */
export class LinkView {
  @Choice(linkPurposes)
  purpose: LinkPurpose;

  @Text({ max: 120 })
  name: string;

  @Email()
  email: string;
}

/** Uses the link up. */
export class LinkUse extends LinkToken {
  /** Twelve characters at least; length is the only rule (ASVS 6.2). */
  @RawText({ min: 12, max: 200 })
  password: string;
}
