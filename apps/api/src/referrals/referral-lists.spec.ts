import { newId, referralEndpoints, type ReferralSent } from '@tilts/domain';
import { startTestApp, type TestApp } from '../test-app.js';
import { ReferralsInJelgava } from '../testing/referrals-in-jelgava.js';

let app: TestApp;
let story: ReferralsInJelgava;
beforeAll(async () => {
  app = await startTestApp();
  story = new ReferralsInJelgava(app);
  await story.come();
});
afterAll(() => app.close());

describe('The list of referrals', () => {
  it('has boards, the overdue first, and pages without gaps', async () => {
    const ids: string[] = [];
    for (const due of ['2026-11-20', '2018-05-02', '2026-12-24', '2018-05-02']) {
      const { id } = await story.sent();
      await app.owner.query('UPDATE referral SET due_on = $2 WHERE id = $1', [id, due]);
      ids.push(id);
    }
    for (const [who, board] of [
      [story.worker, 'waiting'],
      [story.mediator, 'waiting'],
      [story.worker, null],
    ] as const) {
      const seen: ReferralSent[] = [];
      for (let after: string | null = null; seen.length === 0 || after !== null;) {
        const page: { items: unknown[]; next: string | null } = await who.call(referralEndpoints.list, {
          input: { board, limit: 3, after },
        });
        seen.push(...(page.items as ReferralSent[]));
        after = page.next;
      }
      const open = seen.filter((referral) =>
        ['sent', 'received', 'moreInfoNeeded', 'accepted', 'inProgress'].includes(referral.status),
      );
      expect(open.map((referral) => referral.dueOn)).toEqual(open.map((referral) => referral.dueOn).sort());
      expect(new Set(seen.map((referral) => referral.id)).size).toBe(seen.length);
      expect(seen.map((referral) => referral.id)).toEqual(expect.arrayContaining(ids));
      expect(seen.find((referral) => referral.id === ids[1])?.daysLeft).toBeLessThan(-2000);
    }
    const { items } = await story.worker.call(referralEndpoints.list, { input: { board: 'answered' } });
    expect(items.every((referral) => ['completed', 'declined', 'withdrawn'].includes(referral.status))).toBe(true);
  });
});

describe('A family', () => {
  it('narrows the list for the side that sent; a receiver who names one learns nothing', async () => {
    const { familyId } = await story.sent();
    const input = { familyId };
    expect((await story.mediator.call(referralEndpoints.list, { input })).items.length).toBeGreaterThan(0);
    expect((await story.worker.call(referralEndpoints.list, { input })).items).toEqual([]);
  });
});

describe('The thread', () => {
  it('is written by both sides, oldest first, and a repeated message stands once', async () => {
    const referral = await story.sent();
    const question = { id: newId(), text: 'Vai varat atnākt otrdien?' };
    const first = await story.worker.call(referralEndpoints.write, { params: { id: referral.id }, input: question });
    expect(await story.worker.call(referralEndpoints.write, { params: { id: referral.id }, input: question })).toEqual(
      first,
    );
    await story.mediator.call(referralEndpoints.write, {
      params: { id: referral.id },
      input: { id: newId(), text: 'Jā, desmitos.' },
    });
    const { items } = await story.mediator.call(referralEndpoints.messages, { params: { id: referral.id } });
    expect(items.map(({ side, mine, text }) => [side, mine, text])).toEqual([
      ['receiver', false, question.text],
      ['sender', true, 'Jā, desmitos.'],
    ]);
    const page = await story.mediator.call(referralEndpoints.messages, {
      params: { id: referral.id },
      input: { limit: 1 },
    });
    expect(
      (
        await story.mediator.call(referralEndpoints.messages, {
          params: { id: referral.id },
          input: { limit: 1, after: page.next },
        })
      ).items,
    ).toMatchObject([{ text: 'Jā, desmitos.' }]);
    await story.move(story.mediator, referral, 'withdraw');
    expect(
      await story.mediator.refused(referralEndpoints.write, {
        params: { id: referral.id },
        input: { id: newId(), text: 'Vēl' },
      }),
    ).toMatchObject({ code: 'REFERRAL_CLOSED' });
  });
});
