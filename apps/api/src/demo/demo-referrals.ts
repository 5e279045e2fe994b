import {
  isUnanswered,
  noticeAfter,
  snapshotOf,
  statusAfter,
  type Day,
  type DeclineReason,
  type Instant,
  type InstitutionKind,
  type NeedArea,
  type NoticeKind,
  type ReferralMove,
  type ReferralSide,
  type ReferralStatus,
  type TravelField,
} from '@tilts/domain';
import { Consent } from '../consents/consent.entity.js';
import { WorkingCalendar } from '../directory/working-calendar.js';
import { workingDayExceptions } from '../directory/working-days-seed.js';
import { Notice } from '../notices/notice.entity.js';
import { ReferralEvent, ReferralMessage } from '../referrals/referral-story.entity.js';
import { Referral, ReferralReference, ReferralSnapshot } from '../referrals/referral.entity.js';
import type { Snapshot } from '../referrals/referral-words.js';
import type { DemoRecords } from './demo-records.js';
import { noticeOf } from './demo-families.js';
import type { DemoFamily, DemoPerson } from './households.js';
import { requests, stepWords } from './words.js';

/** An institution as the directory has it. */
export interface DemoInstitution {
  id: string;
  municipalityId: string | null;
  kind: InstitutionKind;
  answerDays: number;
  hasUsers: boolean;
  followsMovedDays: boolean;
}

/** One step of a story: what was done so many working days after the step before. */
export interface StoryStep {
  move: ReferralMove | 'message';
  side: ReferralSide;
  after: number;
  reason?: DeclineReason;
  text?: string;
}

export interface Story {
  family: DemoFamily;
  person: DemoPerson;
  institution: DemoInstitution;
  needArea: NeedArea;
  ground?: 'childProtection';
  /** The day on which it was written, and sent unless it is a draft. */
  day: Day;
  steps: readonly StoryStep[];
  travels?: readonly TravelField[];
}

export interface Sides {
  mediatorId: string;
  socialWorkerId: string;
}

const calendar = new WorkingCalendar(workingDayExceptions);

/** Adds a referral with all that happened to it; every step is one that the lifecycle allows. */
export function addReferral(
  records: DemoRecords,
  { mediatorId, socialWorkerId }: Sides,
  number: string,
  story: Story,
): void {
  const { random } = records;
  const { family, person, institution, needArea, ground = 'consent' } = story;
  const { municipalityId, id: familyId } = family;
  const createdAt = records.moment(story.day, random.int(6, 9));
  const id = records.id(createdAt);
  const facts = {
    sentAt: null as Instant | null,
    dueOn: null as Day | null,
    receivedAt: null as Instant | null,
    answeredAt: null as Instant | null,
    takenBy: null as string | null,
  };
  let status: ReferralStatus = 'draft';
  let askedFrom: ReferralStatus | null = null;
  let moment = createdAt;
  let version = 1;
  const events: ReferralEvent[] = [];
  const messages: ReferralMessage[] = [];
  const notices: [NoticeKind, ReferralSide, Instant][] = [];

  for (const step of story.steps) {
    const by = step.side === 'sender' ? mediatorId : socialWorkerId;
    const day = calendar.add(moment.slice(0, 10), step.after, institution);
    const minutesLater = new Date(Date.parse(moment) + random.int(3, 40) * 60_000).toISOString();
    const candidate = step.after === 0 ? minutesLater : records.moment(day);
    moment = candidate < records.now.toISOString() ? candidate : records.now.toISOString();
    const row = { municipalityId, id: records.id(moment), familyId, referralId: id, side: step.side, by, at: moment };
    if (step.move === 'message') {
      messages.push({
        ...row,
        sealed: records.seal(family, 'referral_message', row.id, { text: step.text ?? 'Paldies!' }),
      });
      notices.push(['message', step.side, moment]);
      continue;
    }
    const next = statusAfter(status, step.move, step.side, askedFrom);
    if (!next) throw new Error(`A demo referral that is ${status} cannot ${step.move}`);
    if (step.move === 'askMore') askedFrom = status;
    if (step.move === 'send')
      [facts.sentAt, facts.dueOn] = [moment, calendar.add(day, institution.answerDays, institution)];
    if (step.move === 'receive') facts.receivedAt = moment;
    if (step.move === 'take') facts.takenBy = socialWorkerId;
    if (!isUnanswered(next) && next !== 'withdrawn') facts.answeredAt ??= moment;
    if (step.move === 'setReference') {
      records.add(ReferralReference, {
        municipalityId,
        referralId: id,
        familyId,
        sealed: records.seal(family, 'referral_reference', id, { reference: step.text ?? '' }),
      });
    }
    const texts = stepWords[step.move];
    const text = step.move === 'setReference' ? undefined : (step.text ?? (texts && random.pick(texts)));
    events.push({
      ...row,
      move: step.move,
      status: next,
      reason: step.reason ?? null,
      sealed: text ? records.seal(family, 'referral_event', row.id, { text }) : null,
    });
    const notice = noticeAfter[step.move];
    if (notice && facts.sentAt) notices.push([notice, step.side, moment]);
    status = next;
    version += 1;
  }

  const consentId =
    ground === 'consent' && facts.sentAt ? addShareConsent(records, story, mediatorId, createdAt) : null;
  records.add(Referral, {
    municipalityId,
    id,
    number,
    familyId,
    personId: person.id,
    institutionId: institution.id,
    serviceId: null,
    needArea,
    status,
    ground,
    consentId,
    createdBy: mediatorId,
    createdAt,
    ...facts,
    version,
  });
  records.add(ReferralSnapshot, {
    municipalityId,
    referralId: id,
    familyId,
    sealed: records.seal(family, 'referral_snapshot', id, snapshot(story)),
  });
  for (const event of events) records.add(ReferralEvent, event);
  for (const message of messages) records.add(ReferralMessage, message);
  for (const [kind, side, at] of notices) {
    // Where nobody reads Tilts, nobody is told.
    if (side === 'sender' && !institution.hasUsers) continue;
    const readAt = at < daysAgo(records, 12) ? at : null;
    records.add(Notice, {
      id: records.id(at),
      accountId: side === 'sender' ? socialWorkerId : mediatorId,
      kind,
      referralId: id,
      referralNumber: number,
      at,
      readAt,
    });
  }
}

function snapshot({ family, person, needArea, ground, travels = ['lastName', 'phone'] }: Story): Snapshot {
  const known = { ...person, birthDate: null, phone: person.phone ?? null };
  const home = { phone: family.persons[0].phone, address: family.address, language: family.language };
  return {
    person: snapshotOf(known, home, family.persons.length, travels),
    request: requests[needArea] ?? requests.OTH,
    groundReason: ground ? 'Bērna drošība; par to ziņots arī pa tālruni.' : null,
    travels: [...travels],
  };
}

/** The yes that lets this need be told to this kind of institution; for a child the contact person says it. */
function addShareConsent(
  records: DemoRecords,
  { family, person, needArea, institution, day }: Story,
  mediatorId: string,
  recordedAt: Instant,
): string {
  const id = records.id(recordedAt);
  const contact = family.persons[0];
  const child = Number(day.slice(0, 4)) - person.birthYear <= 18 && person.id !== contact.id;
  records.add(Consent, {
    municipalityId: family.municipalityId,
    id,
    familyId: family.id,
    personId: person.id,
    kind: 'share',
    purpose: needArea,
    recipientKind: institution.kind,
    giver: child ? 'guardian' : 'person',
    guardianId: child ? contact.id : null,
    givenOn: day,
    noticeVersion: noticeOf(day),
    withdraws: null,
    recordedBy: mediatorId,
    recordedAt,
  });
  return id;
}

function daysAgo(records: DemoRecords, count: number): Instant {
  return new Date(records.now.getTime() - count * 86_400_000).toISOString();
}
