import { ConsentView } from '../consents/consent.js';
import { FamilyView } from '../families/family.js';
import { choices, type ChoiceOf } from '../fields/choices.js';
import { addDays, type Day } from '../fields/day.js';
import { DateOnly, Parts, Part, Reference, References, Text, YesNo } from '../fields/fields.js';
import { OutcomeView } from '../outcomes/outcome.js';
import { PersonView } from '../persons/person.js';
import { MessageView, ReferralSent } from '../referrals/referral.js';
import { VisitView } from '../visits/visit.js';
import { DeviceStanding } from './command.js';

/** What a phone holds besides families: lists that are the same for many, and short ones of one's own. */
export const referenceParts = choices('sync.referencePart', [
  'directory',
  'codeLists',
  'municipalities',
  'projects',
  'notices',
  'rescue',
]);
export type ReferencePart = ChoiceOf<typeof referenceParts>;

/** What a phone asks: what has changed since it asked last. */
export class ChangesAsked {
  @Reference()
  deviceId: string;

  /** `cursor` of the answer before; none: everything. */
  @Text({ max: 200, optional: true })
  since?: string | null;
}

/** A thing that is held on phones, and a mark that is another one after each change of it. */
export class Stamp {
  @Text({ max: 40 })
  of: string;

  @Text({ max: 40 })
  stamp: string;
}

/**
 * What differs from what the phone has. It fetches those families, in parts, and keeps each with its stamp in one step: however often it
 * is interrupted, it goes on where it was.
 */
export class Changes extends DeviceStanding {
  @Text({ max: 200 })
  cursor: string;

  /** True: `families` names every family in reach, and what it does not name leaves the phone. False: only those that changed. */
  @YesNo()
  whole: boolean;

  @Parts(() => Stamp)
  families: Stamp[];

  /** All of them, always. */
  @Parts(() => Stamp)
  reference: Stamp[];
}

export class BundlesAsked {
  @References({ max: 20 })
  ids: string[];
}

export class MessagesOfReferral {
  @Reference()
  referralId: string;

  @Parts(() => MessageView)
  messages: MessageView[];
}

/** Days of which everything is held on phones; of what lies before, only what is still open. */
const DAYS_HELD = 366;

/** `since` of a bundle that is made on that day. */
export function heldSince(today: Day): Day {
  return addDays(today, -DAYS_HELD);
}

/** Everything of one family that a mediator works with on the phone: the last year and whatever is still open. */
export class FamilyBundle {
  @Text({ max: 40 })
  stamp: string;

  /**
   * Every visit of that day and later is here, and every closed referral that was answered (else sent, else written: what such lists
   * are sorted by) at its midnight in UTC or later; of earlier ones only what still waits. So the phone knows from where on it asks.
   */
  @DateOnly()
  since: string;

  @Part(() => FamilyView)
  family: FamilyView;

  /** Also those who left. */
  @Parts(() => PersonView)
  persons: PersonView[];

  @Parts(() => ConsentView)
  consents: ConsentView[];

  @Parts(() => OutcomeView)
  outcomes: OutcomeView[];

  /** Those since `since` and older ones whose next step waits; newest first, with their earlier versions. */
  @Parts(() => VisitView)
  visits: VisitView[];

  /** There are visits before `since` at the office. */
  @YesNo()
  hasOlderVisits: boolean;

  /** Open ones, and closed ones that were answered since `since`; with their events. */
  @Parts(() => ReferralSent)
  referrals: ReferralSent[];

  /** There are closed referrals at the office that were answered before `since`. */
  @YesNo()
  hasOlderReferrals: boolean;

  @Parts(() => MessagesOfReferral)
  messages: MessagesOfReferral[];
}

/** A family that is not among them is not in reach any more. */
export class FamilyBundles {
  @Parts(() => FamilyBundle)
  bundles: FamilyBundle[];
}
