import {
  accessEndpoints,
  answerOf,
  consentEndpoints,
  dayOf,
  draftEndpoints,
  familyEndpoints,
  newId,
  noticeEndpoints,
  operationOf,
  outcomeEndpoints,
  personEndpoints,
  phoneAnswers,
  referenceKey,
  referenceParts,
  referenceReads,
  referralEndpoints,
  visitEndpoints,
  type AnyOperation,
  type FamilyBundle,
  type Given,
  type HeldCopy,
  type Page,
} from '@tilts/domain';
import { demoEmail } from '@tilts/testing';
import { loadDemo } from '../demo/load-demo.js';
import { Somebody, startTestApp, type TestApp } from '../test-app.js';
import { Phone } from '../testing/phone.js';

/** Items of a list that is compared. */
const MANY = 300;
const password = 'a password for the demo';

/** What a phone answers from its copy is word for word what the office answers: demo data of one mediator, every family. */
describe('a phone and the office', () => {
  let app: TestApp;
  let mediator: Somebody;
  let copy: HeldCopy;
  const asked = new Set<string>();
  beforeAll(async () => {
    app = await startTestApp();
    await loadDemo({ owner: app.owner.manager, seals: app.seals, password, now: new Date() });
    const { accessToken, me } = await app.as.nobody().call(accessEndpoints.signIn, {
      input: { email: demoEmail('mediator', 'JELGAVA'), password },
    });
    mediator = new Somebody(app.address, () => Promise.resolve({ id: me.id, token: accessToken }));
    await mediator.call(draftEndpoints.save, { params: { id: newId() }, input: { kind: 'visit', content: '{}' } });
    copy = await fetched();
  }, 120_000);
  afterAll(() => app?.close());

  async function fetched(): Promise<HeldCopy> {
    const phone = new Phone(mediator);
    const { families } = await phone.changes();
    const bundles: FamilyBundle[] = [];
    for (let at = 0; at < families.length; at += 20)
      bundles.push(...(await phone.bundles(...families.slice(at, at + 20).map(({ of }) => of))));
    const reference: Record<string, unknown> = {};
    for (const part of referenceParts.values)
      for (const { endpoint, given, whole } of referenceReads(part, dayOf(new Date())))
        reference[referenceKey(endpoint, given)] = whole
          ? { items: await allOf(endpoint, given), next: null }
          : await office(endpoint, given);
    const me = await mediator.call(accessEndpoints.me);
    const drafts = (await mediator.call(draftEndpoints.list)).items;
    const now = new Date();
    return { complete: true, bundles, reference, me, drafts, today: dayOf(now), now: now.toISOString() };
  }

  const office = (endpoint: AnyOperation, given: Given): Promise<unknown> => mediator.call(endpoint, given as never);

  async function allOf(endpoint: AnyOperation, { params, input }: Given): Promise<unknown[]> {
    const items: unknown[] = [];
    let after: string | null = null;
    do {
      const page = (await office(endpoint, { params, input: { ...input, ...(after && { after }) } })) as Page<unknown>;
      items.push(...page.items);
      after = page.next ?? null;
    } while (after && items.length < 2 * MANY);
    return items;
  }

  /** Null: the phone says that it does not know, which is no lie. */
  async function agreed(endpoint: AnyOperation, given: Given = {}): Promise<boolean> {
    const here: unknown = answerOf(endpoint, given, copy);
    asked.add(operationOf(endpoint));
    if (here === undefined) return false;
    expect({ of: operationOf(endpoint), given, answer: here }).toEqual({
      of: operationOf(endpoint),
      given,
      answer: await office(endpoint, given),
    });
    return true;
  }

  /** Page by page: the phone's cursors lead to its end, and there on to the office. Answers how many items the phone knew. */
  async function agreedPages(endpoint: AnyOperation, input: object = {}): Promise<number> {
    asked.add(operationOf(endpoint));
    const items: unknown[] = [];
    let after: string | null = null;
    let known = -1;
    do {
      const given: Given = { input: { ...input, ...(after && { after }) } };
      const here = answerOf(endpoint, given, copy) as Page<unknown> | undefined;
      if (!here && known < 0) known = items.length;
      const page = here ?? ((await office(endpoint, given)) as Page<unknown>);
      items.push(...page.items);
      after = page.next ?? null;
    } while (after && items.length < MANY);
    const all = await allOf(endpoint, { input });
    expect({ of: operationOf(endpoint), input, items }).toEqual({
      of: operationOf(endpoint),
      input,
      items: all.slice(0, items.length),
    });
    if (!after) expect(items).toHaveLength(all.length);
    return known < 0 ? items.length : known;
  }

  it('say the same of all families', async () => {
    expect(copy.bundles.length).toBeGreaterThan(15);
    for (const endpoint of [familyEndpoints.list, personEndpoints.list, visitEndpoints.ownMonths, draftEndpoints.list])
      expect(await agreed(endpoint)).toBe(true);
    for (const input of [{}, { nextStepOpen: true }, { limit: 7 }])
      expect(await agreedPages(visitEndpoints.list, input)).toBeGreaterThan(0);
    expect(await agreedPages(outcomeEndpoints.list)).toBeGreaterThan(0);
    for (const input of [{}, { board: 'waiting' }, { board: 'inWork' }, { board: 'answered' }, { limit: 5 }])
      expect(await agreedPages(referralEndpoints.list, input)).toBeGreaterThan(0);
    for (const input of [{ limit: 5 }, { unread: true, limit: 5 }])
      expect(await agreedPages(noticeEndpoints.list, input)).toBeGreaterThan(0);
    expect(copy.drafts.length).toBeGreaterThan(0);
    for (const { id } of copy.drafts) expect(await agreed(draftEndpoints.read, { params: { id } })).toBe(true);
  }, 60_000);

  it('say the same of what is the same for many', async () => {
    for (const part of referenceParts.values.filter((one) => one !== 'notices'))
      for (const { endpoint, given } of referenceReads(part, copy.today)) await agreed(endpoint, given);
    for (const operation of ['GET /me', 'GET /municipalities']) expect([...phoneAnswers.keys()]).toContain(operation);
    expect(await agreed(accessEndpoints.me)).toBe(true);
  });

  it('say the same of each family', async () => {
    for (const { family } of copy.bundles) {
      const input = { familyId: family.id };
      expect(await agreed(familyEndpoints.read, { params: { id: family.id } })).toBe(true);
      for (const endpoint of [personEndpoints.list, consentEndpoints.list, outcomeEndpoints.list])
        expect(await agreed(endpoint, { input })).toBe(true);
      await agreedPages(visitEndpoints.list, input);
      await agreedPages(referralEndpoints.list, input);
    }
  }, 60_000);

  it('say the same of each person, visit and referral', async () => {
    const corrected = copy.bundles.flatMap(({ visits }) => visits).filter(({ versions }) => versions.length > 0);
    expect(corrected.length).toBeGreaterThan(0);
    for (const { persons, visits, referrals } of copy.bundles.slice(0, 12)) {
      for (const { id } of persons) expect(await agreed(personEndpoints.read, { params: { id } })).toBe(true);
      for (const { id } of visits) expect(await agreed(visitEndpoints.read, { params: { id } })).toBe(true);
      for (const { id } of referrals) {
        expect(await agreed(referralEndpoints.read, { params: { id } })).toBe(true);
        expect(await agreed(referralEndpoints.messages, { params: { id } })).toBe(true);
      }
    }
    for (const { id } of corrected) expect(await agreed(visitEndpoints.read, { params: { id } })).toBe(true);
  }, 60_000);

  it('were asked for everything that phones answer', () => {
    expect([...asked].sort()).toEqual(expect.arrayContaining([...phoneAnswers.keys()].sort()));
  });
});
