import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, Choices, Count, DateOnly, Moment, Part, Parts, Reference, Text, YesNo } from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';
import { institutionKinds, type InstitutionKind } from '../directory/institution.js';
import { needAreas, type NeedArea } from '../directory/need-area.js';
import { spokenLanguages } from '../families/family.js';
import {
  declineReasons,
  referralMoves,
  referralSides,
  referralStatuses,
  type ReferralMove,
  type ReferralSide,
  type ReferralStatus,
} from './referral-lifecycle.js';

/** What may travel beside first name, year of birth and the request; each can be left out. */
export const travelFields = choices('referrals.travelField', [
  'lastName',
  'birthDate',
  'phone',
  'address',
  'language',
  'household',
]);
export type TravelField = ChoiceOf<typeof travelFields>;

/** Why it may be sent: a consent that holds, or a recorded legal ground (a child-protection report never waits for consent). */
export const legalGrounds = choices('referrals.legalGround', ['consent', 'childProtection', 'vitalInterest']);

/** The first screen of a referral on a legal ground says to call 110 or 112. */
export class NewReferral implements Ruled {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  @Reference()
  personId: string;

  @Reference()
  institutionId: string;

  @Reference({ optional: true })
  serviceId?: string | null;

  @Choice(needAreas)
  needArea: NeedArea;

  /** What is asked, in plain words. */
  @Text({ max: 2_000, privacy: 'sensitive' })
  request: string;

  @Choices(travelFields)
  travels: TravelField[];

  @Choice(legalGrounds)
  ground: ChoiceOf<typeof legalGrounds>;

  /** Why consent is not waited for. */
  @Text({ max: 500, optional: true, privacy: 'sensitive' })
  groundReason?: string | null;

  rules(): FieldProblem[] {
    return this.ground !== 'consent' && !this.groundReason ? [{ field: 'groundReason', code: 'required' }] : [];
  }
}

/** The snapshot: exactly what was sent about the person, and all that the receiver ever sees. */
export class PersonInReferral {
  @Text({ max: 80 })
  firstName: string;

  /** Whole, or the initial „B.” when it was left out. */
  @Text({ max: 80, optional: true })
  lastName: string | null;

  @Count({ optional: true })
  birthYear: number | null;

  @DateOnly({ optional: true })
  birthDate: string | null;

  @Text({ max: 40, optional: true })
  phone: string | null;

  @Text({ max: 200, optional: true })
  address: string | null;

  @Choice(spokenLanguages, { optional: true })
  language: ChoiceOf<typeof spokenLanguages> | null;

  /** How many live in the household. */
  @Count({ optional: true })
  household: number | null;
}

/** One step in the life of a referral; never changed. */
export class ReferralEventView {
  @Reference()
  id: string;

  @Choice(referralMoves)
  move: ReferralMove;

  @Choice(referralStatuses)
  status: ReferralStatus;

  @Choice(referralSides)
  side: ReferralSide;

  @Text({ max: 120 })
  by: string;

  @Moment()
  at: string;

  @Choice(declineReasons, { optional: true })
  reason: string | null;

  @Text({ max: 2_000, optional: true })
  text: string | null;
}

/** A referral as both sides may see it; of the person only the snapshot. */
export class ReferralView {
  @Reference()
  id: string;

  /** `2026-0148`. */
  @Text({ max: 12 })
  number: string;

  @Choice(referralStatuses)
  status: ReferralStatus;

  @Choice(needAreas)
  needArea: NeedArea;

  @Reference()
  municipalityId: string;

  @Reference()
  institutionId: string;

  @Text({ max: 200 })
  institution: string;

  @Choice(institutionKinds)
  institutionKind: InstitutionKind;

  @Text({ max: 200, optional: true })
  service: string | null;

  /** Null after withdrawal of the referral or of the consent: access ends at once. */
  @Part(() => PersonInReferral, { optional: true })
  person: PersonInReferral | null;

  @Text({ max: 2_000, optional: true })
  request: string | null;

  @Choice(legalGrounds)
  ground: ChoiceOf<typeof legalGrounds>;

  /** The day of the consent it rests on. */
  @DateOnly({ optional: true })
  consentOn: string | null;

  @Text({ max: 120 })
  sentBy: string;

  @Moment({ optional: true })
  sentAt: string | null;

  /** The day by which the institution promised to answer. */
  @DateOnly({ optional: true })
  dueOn: string | null;

  /** Working days left until `dueOn`, negative when overdue, null when answered or a draft. */
  @Count({ min: -100_000, optional: true })
  daysLeft: number | null;

  /** Working days since it was sent. */
  @Count({ optional: true })
  age: number | null;

  @Text({ max: 120, optional: true })
  takenBy: string | null;

  @YesNo()
  takenByMe: boolean;

  /** The institution's own case number, for example in SOPA. */
  @Text({ max: 60, optional: true })
  reference: string | null;

  @Count({ min: 1 })
  version: number;

  /** What the caller may do now, by the lifecycle. */
  @Choices(referralMoves)
  moves: ReferralMove[];

  /** Oldest first. Empty in lists. */
  @Parts(() => ReferralEventView)
  events: ReferralEventView[];
}

/** The same for the side that sent it: it knows which family it is. */
export class ReferralSent extends ReferralView {
  @Reference()
  familyId: string;

  @Text({ max: 12 })
  familyCode: string;

  @Reference()
  personId: string;

  @Text({ max: 500, optional: true })
  groundReason: string | null;

  @YesNo()
  institutionHasUsers: boolean;
}

export function isSent(referral: ReferralView | ReferralSent): referral is ReferralSent {
  return 'familyId' in referral;
}

/** The inbox has three boards; a mediator's list too. */
export const referralBoards = choices('referrals.board', ['waiting', 'inWork', 'answered']);
export type ReferralBoard = ChoiceOf<typeof referralBoards>;

/** Waiting: drafts (the sender's) and unanswered ones. In work: accepted. Answered: closed. */
export function boardOf(status: ReferralStatus): ReferralBoard {
  if (status === 'accepted' || status === 'inProgress') return 'inWork';
  return status === 'completed' || status === 'declined' || status === 'withdrawn' ? 'answered' : 'waiting';
}

export class ReferralFilter extends Paging {
  @Choice(referralBoards, { optional: true })
  board?: ReferralBoard | null;

  @Reference({ optional: true })
  familyId?: string | null;
}

/** A step that somebody makes. */
export class ReferralStep {
  @Choice(referralMoves)
  move: ReferralMove;

  @Choice(declineReasons, { optional: true })
  reason?: string | null;

  /** Words for the other side; for `setReference` the number. */
  @Text({ max: 2_000, optional: true, privacy: 'sensitive' })
  text?: string | null;
}

export class NewMessage {
  @Reference()
  id: string;

  @Text({ max: 2_000, privacy: 'sensitive' })
  text: string;
}

export class MessageView {
  @Reference()
  id: string;

  @Choice(referralSides)
  side: ReferralSide;

  @Text({ max: 120 })
  by: string;

  @YesNo()
  mine: boolean;

  @Moment()
  at: string;

  @Text({ max: 2_000 })
  text: string;
}
