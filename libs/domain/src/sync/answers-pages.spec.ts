import {
  addDays,
  answerOf,
  cursorOf,
  heldSince,
  newId,
  newestNotices,
  noticeEndpoints,
  referralEndpoints,
  visitEndpoints,
  type HeldCopy,
  type NoticeView,
  type Page,
  type VisitView,
} from '../index.js';
import { aBundle, aCopy, heldFamily, heldVisit, page, reference, today } from './testing/held-copy.js';
import { ask, idsOf, one, read, referrals, unread } from './testing/two-families.js';

describe('Pages', () => {
  const family = heldFamily();
  const many = Array.from({ length: 120 }, (_, at) => heldVisit(family, { day: addDays(today, -Math.floor(at / 3)) }));
  const since = heldSince(today);
  const waits = heldVisit(family, { day: addDays(since, -40), nextStep: 'Zvanīt', nextStepOn: '2026-11-24' });
  const whole = aCopy({ bundles: [aBundle({ family, visits: many })] });
  const part = aCopy({ bundles: [aBundle({ family, visits: [...many, waits], hasOlderVisits: true })] });
  const list = (of: HeldCopy, input: object) =>
    answerOf(visitEndpoints.list, { input }, of) as Page<VisitView> | undefined;
  const walk = (of: HeldCopy, limit?: number): { ids: string[]; next: string | null } => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const got = list(of, { after, limit });
      if (!got) return { ids, next: after };
      ids.push(...got.items.map(({ id }) => id));
      if (!got.next) return { ids, next: null };
      after = got.next;
    }
  };

  it('follow each other without a gap or a double, fifty at a time when nobody says', () => {
    const inOrder = [...many].sort((a, b) => (a.day === b.day ? (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1));
    for (const limit of [undefined, 1, 7, 40, 100])
      expect(walk(whole, limit)).toEqual({ ids: inOrder.map(({ id }) => id), next: null });
    expect(list(whole, {})?.items).toHaveLength(50);
  });

  it('have the cursors of the office, in both directions', () => {
    const first = list(whole, { limit: 2 });
    const last = first?.items[1];
    const theirs = Buffer.from(`${last?.day} ${last?.id}`).toString('base64url');
    expect(first?.next).toBe(theirs);
    expect(list(whole, { limit: 2, after: theirs })?.items).toHaveLength(2);
    for (const after of ['', null]) expect(list(whole, { after })?.items).toHaveLength(50);
    for (const after of ['x', '%', Buffer.from('a b c').toString('base64url')])
      expect(list(whole, { after })).toBeUndefined();
  });

  it('end where the phone’s year ends, and the office goes on from there', () => {
    const { ids, next } = walk(part, 100);
    expect(ids).toHaveLength(many.length);
    // What lies before is not shown with a hole behind it.
    expect(ids).not.toContain(waits.id);
    expect(Buffer.from(next ?? '', 'base64url').toString()).toBe(`${since} 00000000-0000-0000-0000-000000000000`);
    expect(list(part, { after: cursorOf([addDays(since, -1), newId()]) })).toBeUndefined();
    // Next steps wait however old they are, and nothing before a day that was asked for is missed.
    expect(idsOf(list(part, { nextStepOpen: true }))).toEqual([waits.id]);
    expect(list(part, { from: since, limit: 100, after: cursorOf([addDays(since, 1), newId()]) })).toEqual(page([]));
    expect(
      list(part, { from: addDays(since, -1), limit: 100, after: cursorOf([addDays(since, 1), newId()]) })?.next,
    ).not.toBeNull();
  });

  it('of all families end where the shortest of them ends', () => {
    const another = heldFamily();
    const [before, after] = ['2026-03-01', '2026-03-03'].map((day) => heldVisit(another, { day }));
    const two = aCopy({
      bundles: [
        ...whole.bundles,
        aBundle({ family: another, since: '2026-01-01', visits: [after, before] as VisitView[], hasOlderVisits: true }),
        aBundle({ since: '2026-03-02', hasOlderVisits: true }),
      ],
    });
    expect(walk(two, 100).ids).toHaveLength(many.length + 1);
    expect(idsOf(list(two, { familyId: another.id }))).toHaveLength(2);
  });

  it('of answered referrals end there too', () => {
    const bundle = aBundle({ family: one, referrals: [referrals.old, referrals.overdue], hasOlderReferrals: true });
    const next = (input: object) =>
      (answerOf(referralEndpoints.list, { input }, aCopy({ bundles: [bundle] })) as Page<object>).next;
    expect(Buffer.from(next({ board: 'answered' }) ?? '', 'base64url').toString()).toMatch(
      new RegExp(`^${since}T00:00:00.000Z 0{8}-`),
    );
    const numbered = 10_000_000_000 - Date.parse(since) / 1_000;
    expect(Buffer.from(next({}) ?? '', 'base64url').toString()).toMatch(new RegExp(`^${numbered} f{8}-`));
    expect(next({ board: 'waiting' })).toBeNull();
    expect(
      answerOf(referralEndpoints.list, { input: { after: next({}) } }, aCopy({ bundles: [bundle] })),
    ).toBeUndefined();
    expect(
      idsOf(
        ask(referralEndpoints.list, {
          input: { limit: 1, after: (ask(referralEndpoints.list, { input: { limit: 1 } }) as Page<object>).next },
        }),
      ),
    ).toEqual([referrals.work.id]);
  });

  it('of notices go on at the office where the kept page ends', () => {
    const last = cursorOf([read.at, read.id]);
    const short = aCopy({ reference: reference([noticeEndpoints.list, newestNotices, page([unread, read], last)]) });
    const notices = (input: object) => answerOf(noticeEndpoints.list, { input }, short) as Page<NoticeView> | undefined;
    expect(notices({ limit: 100 })).toEqual(page([unread, read], last));
    expect(notices({ limit: 1 })).toEqual(page([unread], cursorOf([unread.at, unread.id])));
    expect(notices({ after: last })).toBeUndefined();
  });
});

describe('Ten thousand visits', () => {
  it('are looked through once, and after that a page touches only a few', () => {
    let looks = 0;
    const counted = (visit: VisitView): VisitView =>
      new Proxy(visit, { get: (of, name, self) => ((looks += 1), Reflect.get(of, name, self) as unknown) });
    const bundles = Array.from({ length: 100 }, (_, f) => {
      const family = heldFamily({ code: `JEL-${f}` });
      const visits = Array.from({ length: 100 }, (_, v) =>
        counted(heldVisit(family, { day: addDays(today, -(v * 3 + (f % 3))) })),
      );
      return aBundle({ family, visits });
    });
    const large = aCopy({ bundles });
    const familyId = bundles[7]?.family.id;
    const input = { limit: 50 };
    answerOf(visitEndpoints.list, { input }, large);
    answerOf(visitEndpoints.list, { input: { ...input, familyId } }, large);
    const first = looks;
    let after: string | null | undefined = null;
    for (let turn = 0; turn < 100; turn += 1)
      after = answerOf(visitEndpoints.list, { input: { ...input, after } }, large)?.next;
    for (let turn = 0; turn < 100; turn += 1) answerOf(visitEndpoints.list, { input: { ...input, familyId } }, large);
    // Fifty that are shown, each copied, and a few on the way to them by halves.
    const fields = Object.keys(bundles[0]?.visits[0] ?? {}).length;
    expect(looks - first).toBeLessThan(200 * 50 * (fields + 10));
    // Another copy with the same families has nothing to sort.
    looks = 0;
    answerOf(visitEndpoints.list, { input }, { ...large, drafts: [] });
    expect(looks).toBeLessThan(50 * (fields + 10));
    // One family changed: of the others no list is sorted again.
    expect(first).toBeLessThan(10_000 * 10);
  });
});
