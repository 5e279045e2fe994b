import type { ConsentView, OutcomeView, ReferralSent, VisitView } from '@tilts/domain';
import { storyOf } from './story';

const visit = (id: string, day: string, time: string | null = null) => ({ id, day, time }) as VisitView;
const outcome = (id: string, day: string, visitId: string | null = null) => ({ id, day, visitId }) as OutcomeView;

describe('the story of a family', () => {
  it('mixes all kinds, newest first, by the day in Riga', () => {
    const story = storyOf({
      visits: [visit('v1', '2026-11-20', '10:00'), visit('v2', '2026-11-20', '15:00')],
      outcomes: [outcome('o1', '2026-11-19')],
      referrals: [{ id: 'r1', sentAt: '2026-11-20T22:30:00Z' } as ReferralSent],
      consents: [{ id: 'c1', givenOn: '2026-11-01' } as ConsentView],
    });
    // 22:30 UTC is half past midnight of the next day in Riga.
    expect(story.map((item) => item.id)).toEqual(['r1', 'v2', 'v1', 'o1', 'c1']);
  });

  it('does not tell an outcome twice when its visit is shown', () => {
    const story = storyOf({
      visits: [visit('v1', '2026-11-20')],
      outcomes: [outcome('o1', '2026-11-20', 'v1'), outcome('o2', '2025-01-01', 'older')],
      referrals: [],
      consents: [],
    });
    expect(story.map((item) => item.id)).toEqual(['v1', 'o2']);
  });

  it('leaves drafts of referrals out', () => {
    expect(
      storyOf({ visits: [], outcomes: [], referrals: [{ id: 'r1', sentAt: null } as ReferralSent], consents: [] }),
    ).toEqual([]);
  });
});
