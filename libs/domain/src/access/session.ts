import { choices } from '../fields/choices.js';
import { Choice, Count, Email, Moment, Parts, Part, RawText, Reference, Text, YesNo } from '../fields/fields.js';
import { roles, type Role } from './permission.js';
import { secondFactorStates } from './second-factor.js';

/** Languages of the user interface. Latvian is the source. */
export const languages = choices('access.language', ['lv', 'en', 'ru']);

/** E-mail and password, as typed on the sign-in page. */
export class NewSession {
  @Email()
  email: string;

  /** Length is the only rule about passwords (ASVS 6.2). */
  @RawText({ max: 200 })
  password: string;
}

/** A number that the browser makes for one try to refresh: the same try sent again gets the same answer. */
export class SessionRefresh {
  @Reference()
  attempt: string;
}

/** A city where the signed-in mediator works today. */
export class WorkPlace {
  @Reference()
  municipalityId: string;

  @Text({ max: 120 })
  name: string;
}

/** What somebody may change about their own account. */
export class MeDetails {
  @Choice(languages)
  language: string;
}

/** The signed-in person. */
export class Me extends MeDetails {
  @Reference()
  id: string;

  @Choice(roles)
  role: Role;

  /** How they are greeted and signed: „Ilze B.”. */
  @Text({ max: 120 })
  name: string;

  @Email()
  email: string;

  /** The institution of a social worker. */
  @Text({ max: 200, optional: true })
  institution: string | null;

  /** The data controller, named in the notice that is read aloud. */
  @Text({ max: 200 })
  controller: string;

  @Choice(secondFactorStates)
  secondFactor: 'none' | 'set';

  /** Their role demands a second factor that this session does not have: first it is set up, or shown. */
  @YesNo()
  mustSetSecondFactor: boolean;

  /**
   * When a link that a coordinator, or whoever administers the server, had made last set this password; null after two weeks. Told
   * at every sign-in, so that nobody who came in by such a link can keep it from its person.
   */
  @Moment({ optional: true })
  passwordResetAt: string | null;

  /** Where a mediator works today; may be empty. */
  @Parts(() => WorkPlace)
  workPlaces: WorkPlace[];
}

export class SessionStarted {
  /** Kept in memory only; five minutes at most. */
  @RawText({ max: 2_000 })
  accessToken: string;

  /** Seconds. */
  @Count()
  expiresIn: number;

  @Part(() => Me)
  me: Me;
}

/** One of my own signed-in devices. */
export class SessionView {
  @Reference()
  id: string;

  @Moment()
  startedAt: string;

  @Moment()
  lastUsedAt: string;

  /** Browser and system in two words: „Chrome · Android”. */
  @Text({ max: 80 })
  device: string;

  @YesNo()
  current: boolean;
}
