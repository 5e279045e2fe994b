import type { DraftView, NoticeView, ReferralSent, VisitView } from '@tilts/domain';
import { partOfDay, whatWaits } from './waiting';

const step = (id: string, nextStepOn: string): VisitView =>
  ({ id, familyId: 'f', nextStepOn, nextStepDoneOn: null, voided: false }) as VisitView;
const notice = (referralId: string, kind: NoticeView['kind'], at: string, read = false): NoticeView => ({
  id: `${referralId}${at}`,
  referralId,
  referralNumber: '2026-0001',
  kind,
  at,
  read,
});
const referral = (id: string, status: ReferralSent['status']): ReferralSent =>
  ({ id, status, familyId: 'f' }) as ReferralSent;
const nothing = { steps: [], notices: [], referrals: [], drafts: [] };
const keys = (waiting: { key: string }[]): string[] => waiting.map((one) => one.key);

describe('what waits for a mediator', () => {
  it('puts the longest late first and what is due later apart', () => {
    const steps = [
      step('week', '2026-11-30'),
      step('late', '2026-11-21'),
      step('far', '2026-12-15'),
      step('today', '2026-11-23'),
      step('later', '2026-11-01'),
    ];
    const { now, later } = whatWaits('2026-11-23', { ...nothing, steps });
    expect(keys(now)).toEqual(['later', 'late', 'today', 'week']);
    expect(keys(later)).toEqual(['far']);
    expect(now.map((one) => one.is === 'step' && one.daysLeft)).toEqual([-22, -2, 0, 7]);
  });

  it('asks before it answers, and begun visits come before coming days', () => {
    const { now } = whatWaits('2026-11-23', {
      steps: [step('tomorrow', '2026-11-24'), step('late', '2026-11-20'), step('today', '2026-11-23')],
      referrals: [referral('asked', 'moreInfoNeeded'), referral('done', 'completed')],
      notices: [
        notice('done', 'completed', '2026-11-22T08:00:00Z'),
        notice('asked', 'moreInfoNeeded', '2026-11-22T09:00:00Z'),
      ],
      drafts: [{ id: 'draft', kind: 'visit' } as DraftView],
    });
    expect(keys(now)).toEqual(['late', 'asked', 'today', 'done', 'draft', 'tomorrow']);
  });

  it('shows a referral once, by its newest unread step, and never a mere opening', () => {
    const notices = [
      notice('a', 'accepted', '2026-11-20T08:00:00Z'),
      notice('a', 'completed', '2026-11-21T08:00:00Z'),
      notice('b', 'received', '2026-11-21T08:00:00Z'),
      notice('c', 'declined', '2026-11-21T08:00:00Z', true),
    ];
    const { now } = whatWaits('2026-11-23', { ...nothing, notices });
    expect(now).toEqual([
      expect.objectContaining({ is: 'answer', key: 'a', notice: expect.objectContaining({ kind: 'completed' }) }),
    ]);
  });
});

it('greets by the hour', () => {
  expect(['04:59', '05:00', '10:59', '11:00', '17:59', '18:00'].map(partOfDay)).toEqual([
    'evening',
    'morning',
    'morning',
    'day',
    'day',
    'evening',
  ]);
});
