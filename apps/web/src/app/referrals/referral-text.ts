import type { ReferralMove, ReferralSent, ReferralView } from '@tilts/domain';
import type { Texts, Tone } from '@tilts/ui';
import { personWords } from './referral-card';

/** A referral as plain lines, to be put into another system such as SOPA. */
export function referralAsText(texts: Texts, referral: ReferralView): string {
  const { person } = referral;
  const lines: [string, string | null][] = [
    [texts.text('referrals.text.number'), referral.number],
    [texts.text('referrals.text.person'), personWords(texts, person)],
    [texts.text('referrals.travelField.birthDate'), person?.birthDate ? texts.day(person.birthDate) : null],
    [texts.text('referrals.travelField.phone'), person?.phone ?? null],
    [texts.text('referrals.travelField.address'), person?.address ?? null],
    [
      texts.text('referrals.travelField.language'),
      person?.language ? texts.text(`families.language.${person.language}`) : null,
    ],
    [texts.text('referrals.travelField.household'), person?.household ? String(person.household) : null],
    [texts.text('referrals.field.needArea'), texts.text(`directory.needArea.${referral.needArea}`)],
    [texts.text('referrals.field.request'), referral.request],
    [texts.text('referrals.text.ground'), groundWords(texts, referral)],
    [texts.text('referrals.text.from'), referral.sentBy],
    [texts.text('referrals.text.sentOn'), referral.sentAt ? texts.moment(referral.sentAt) : null],
    [texts.text('referrals.text.dueOn'), referral.dueOn ? texts.day(referral.dueOn) : null],
  ];
  return lines
    .filter(([, value]) => value)
    .map(([label, value]) => `${label}: ${value ?? ''}`)
    .join('\n');
}

const answers: Partial<Record<ReferralMove, Tone>> = {
  askMore: 'wait',
  accept: 'ok',
  acceptAndFinish: 'ok',
  start: 'ok',
  complete: 'ok',
  decline: 'plain',
  recordAcceptance: 'ok',
  recordCompletion: 'ok',
  recordRefusal: 'plain',
};

/** What the institution answered last, in its own words; null while it has not, or when the mediator has answered since. */
export function lastAnswer(
  texts: Texts,
  referral: ReferralSent,
): { tone: Tone; heading: string; lines: string[] } | null {
  const event = referral.events.findLast(({ move }) => answers[move] !== undefined || move === 'answer');
  const tone = event && answers[event.move];
  if (!event || !tone || !(event.text || event.reason)) return null;
  const reason = event.reason ? texts.textOfCode(`referrals.declineReason.${event.reason}`) : null;
  return {
    tone,
    heading: texts.text(`referrals.happened.${event.move}`),
    lines: [reason, event.text].filter((line) => line !== null),
  };
}

/** On what ground it was sent: a consent with its day, or the law. */
export function groundWords(texts: Texts, referral: Pick<ReferralView, 'ground' | 'consentOn'>): string {
  if (referral.ground !== 'consent') return texts.text(`referrals.legalGround.${referral.ground}`);
  return referral.consentOn
    ? texts.text('referrals.card.consentOn', { day: texts.day(referral.consentOn) })
    : texts.text('referrals.legalGround.consent');
}
