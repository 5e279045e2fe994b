import {
  familyEndpoints,
  newId,
  readContent,
  visitEndpoints,
  draftEndpoints,
  noticeEndpoints,
  type FamilyView,
  type NewVisit,
  type VisitView,
} from '@tilts/domain';
import { aVisit } from '@tilts/testing';
import { openDB } from 'idb';
import type { AnyEndpoint } from '../platform/exchange';
import type { Given } from '../platform/local-copy';
import { storeName } from './local-store';
import { PhoneCopy } from './phone-copy';
import { Signs } from './signs';
import { TestOffice, aBundle, aMediator } from './testing/office';
import { freshDisk, tabLocks, whileFull, whileKilledBeforeCommit } from './testing/store';

const bearer = { token: () => 'token', renew: () => Promise.resolve(true) };
let me = aMediator();
let office = new TestOffice();
let bundle = aBundle();
const opened: PhoneCopy[] = [];

/** Opens the app in a tab of this phone's browser. */
async function open(): Promise<{ copy: PhoneCopy; signs: Signs }> {
  const signs = new Signs();
  const copy = await PhoneCopy.open(me, bearer, signs, office.transport);
  opened.push(copy);
  return { copy, signs };
}

async function ask<T>(copy: PhoneCopy, endpoint: AnyEndpoint, given: Given = {}): Promise<T> {
  const held = await copy.answer(endpoint, given);
  if (!held) throw new Error('not held here');
  return held.output as T;
}

const visit = (note = 'Runājām par skolu') => aVisit({ id: bundle.family.id }, { note });
const logged = (copy: PhoneCopy, input: Omit<NewVisit, 'rules'> = visit()) =>
  ask<VisitView>(copy, visitEndpoints.create, { input });
const visitsAtOffice = () => office.applied.map((command) => readContent(command).input['id']);

/** All that the phone had begun is over. */
async function settled(copy: PhoneCopy): Promise<void> {
  await copy.now().catch(() => undefined);
  await copy.now().catch(() => undefined);
}

describe('A mediator’s phone', () => {
  beforeEach(() => {
    freshDisk();
    tabLocks();
    me = aMediator();
    office = new TestOffice();
    bundle = aBundle();
    office.families = [bundle];
  });
  afterEach(() => {
    for (const copy of opened.splice(0)) copy.close();
    jest.useRealTimers();
  });

  it('gives what the office answered when it is there, and is then empty', async () => {
    const { copy, signs } = await open();
    const input = visit();
    expect(await logged(copy, input)).toMatchObject({ id: input.id, saidBy: 'office' });
    expect([signs.unsent(), signs.needsYou(), signs.allSent(), copy.where(input.id)]).toEqual([[], 0, true, 'office']);
  });

  it('shows what the office made of it before it is fetched, and never in the place of what was written since', async () => {
    const { copy } = await open();
    await settled(copy);
    office.fates = ['arrives', 'lost'];
    const input = visit();
    await logged(copy, input);
    const shown = () =>
      ask<{ saidBy?: string; nextStepDoneOn: string | null }>(copy, visitEndpoints.read, { params: { id: input.id } });
    expect(await shown()).toMatchObject({ saidBy: 'office' });
    office.isReachable = false;
    await copy.answer(visitEndpoints.finishNextStep, { params: { id: input.id } });
    expect((await shown()).saidBy).toBeUndefined();
  });

  it('logs ten visits without a network, is killed, opened again, and each comes to the office once', async () => {
    const first = await open();
    await settled(first.copy);
    office.isReachable = false;
    const inputs = Array.from({ length: 10 }, (_, i) => visit(`visit ${i}`));
    for (const input of inputs) expect((await logged(first.copy, input)).id).toBe(input.id);
    expect(first.signs.unsent().map(({ familyCode }) => familyCode)).toEqual(Array(10).fill('JEL-0001'));

    const { copy, signs } = await open();
    const list = await ask<{ items: VisitView[] }>(copy, visitEndpoints.list, {
      input: { familyId: bundle.family.id, limit: 100 },
    });
    expect(list.items.map(({ id }) => id).sort()).toEqual(inputs.map(({ id }) => id).sort());
    expect([signs.unsent().length, signs.allSent(), copy.where(inputs[0]?.id ?? '')]).toEqual([10, false, 'phone']);

    office.isReachable = true;
    await Promise.all([first.copy.now(), copy.now()]);
    expect(visitsAtOffice()).toEqual(inputs.map(({ id }) => id));
    expect([signs.unsent().length, signs.allSent(), copy.where(inputs[0]?.id ?? '')]).toEqual([0, true, 'office']);
  });

  it('numbers what two tabs log at the same time without a gap, and hands it in once', async () => {
    const [one, two] = [await open(), await open()];
    office.isReachable = false;
    await Promise.all([one.copy, two.copy, one.copy, two.copy].map((copy) => logged(copy)));
    office.isReachable = true;
    await Promise.all([settled(one.copy), settled(two.copy)]);
    expect(office.applied.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    for (const { signs } of [one, two]) expect([signs.unsent(), signs.allSent()]).toEqual([[], true]);
  });

  it('does not take for lost what another tab has just handed in', async () => {
    const two = await open();
    await settled(two.copy);
    const signs = new Signs();
    let isFirst = true;
    const one = await PhoneCopy.open(me, bearer, signs, async (request) => {
      // What the other tab says of it is not here yet.
      if (isFirst && request.address.startsWith('/api/sync/changes')) {
        isFirst = false;
        await logged(two.copy);
      }
      return office.transport(request);
    });
    opened.push(one);
    await settled(one);
    expect([office.applied.length, isFirst, signs.cameBackWithLess()]).toEqual([1, false, false]);
  });

  it('is not told twice when the answer was lost', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    office.fates = ['answerLost'];
    const input = visit();
    expect((await logged(copy, input)).id).toBe(input.id);
    expect([office.applied.length, signs.unsent().length, signs.allSent()]).toEqual([1, 1, false]);
    await settled(copy);
    expect([office.applied.length, signs.unsent().length, signs.allSent()]).toEqual([1, 0, true]);
  });

  it('says „at the office” only when the office’s word is on the disk', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    office.isReachable = false;
    const input = visit();
    await logged(copy, input);
    office.isReachable = true;
    const said: unknown[] = [];
    await whileKilledBeforeCommit(async () => {
      await copy.now().catch(() => undefined);
      said.push(copy.where(input.id), signs.unsent().length, signs.allSent());
    });
    expect(visitsAtOffice()).toEqual([input.id]);
    expect(said).toEqual(['phone', 1, false]);
    const again = await open();
    expect([again.copy.where(input.id), again.signs.allSent()]).toEqual(['phone', false]);
    await settled(again.copy);
    expect([again.copy.where(input.id), again.signs.allSent(), office.applied.length]).toEqual(['office', true, 1]);
  });

  it('shows a refusal where it was written, keeps it until its corrected form is taken, and lets the others go', async () => {
    const { copy, signs } = await open();
    const field = { field: 'day', code: 'inTheFuture', params: null };
    office.refuses = (command) =>
      readContent(command).input['note'] === 'wrong'
        ? { outcome: 'refused', code: 'INVALID_INPUT', fields: [field] }
        : null;
    const input = visit('wrong');
    await expect(logged(copy, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      status: 422,
      fields: [{ field: 'day' }],
    });
    expect([signs.needsYou(), copy.where(input.id)]).toEqual([1, 'needsYou']);
    await logged(copy, visit('another'));
    expect([office.applied.length, signs.needsYou()]).toEqual([1, 1]);
    await logged(copy, { ...input, note: 'right' });
    expect([signs.needsYou(), signs.unsent(), copy.where(input.id)]).toEqual([0, [], 'office']);
    await settled(copy);
    expect(signs.allSent()).toBe(true);
  });

  it('throws away only what its person throws away', async () => {
    const { copy, signs } = await open();
    office.refuses = () => ({ outcome: 'refused', code: 'FAMILY_CLOSED' });
    await expect(logged(copy)).rejects.toMatchObject({ code: 'FAMILY_CLOSED' });
    office.refuses = () => null;
    const [unsent] = signs.unsent();
    expect(copy.lostWith(unsent?.id ?? '').map(({ id }) => id)).toEqual([unsent?.id]);
    await copy.throwAway(unsent?.id ?? '');
    await settled(copy);
    expect([signs.unsent(), signs.allSent(), office.applied]).toEqual([[], true, []]);
  });

  it('sends what a person chose in a clash as a change of what they saw', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    const { id } = bundle.family;
    const family = await ask<FamilyView>(copy, familyEndpoints.read, { params: { id } });
    const clash = { field: 'name', mine: '"Bērziņi"', theirs: '"Bērziņa un Kalns"' };
    office.refuses = ({ seq }) => (seq === 1 ? { outcome: 'conflict', version: 5, clashes: [clash] } : null);
    await ask(copy, familyEndpoints.change, { params: { id }, input: changeOf(family, { name: 'Bērziņi' }) });
    expect(signs.unsent().map(({ state, clashes }) => [state, clashes])).toEqual([['conflict', [clash]]]);
    await copy.resolve(signs.unsent()[0]?.id ?? '', { name: 'theirs' });
    await settled(copy);
    const [sent] = office.applied;
    expect(sent && readContent(sent).input['name']).toBe('Bērziņa un Kalns');
    expect(sent && JSON.parse(sent.base ?? '')).toMatchObject({ name: 'Bērziņa un Kalns' });
    expect([signs.unsent(), signs.needsYou()]).toEqual([[], 0]);
  });

  it('says what was read when a change is of a version that the copy has moved on from', async () => {
    const { copy } = await open();
    await settled(copy);
    const { id } = bundle.family;
    const read = await ask<FamilyView>(copy, familyEndpoints.read, { params: { id } });
    office.families = [{ ...bundle, stamp: '2', family: { ...bundle.family, version: 2, phone: '+37120000001' } }];
    await settled(copy);
    expect(await ask<FamilyView>(copy, familyEndpoints.read, { params: { id } })).toMatchObject({ version: 2 });
    await ask(copy, familyEndpoints.change, { params: { id }, input: changeOf(read, { name: 'Bērziņi' }) });
    const base = JSON.parse(office.applied[0]?.base ?? '{}') as FamilyView;
    expect([base.version, base.phone, base.name]).toEqual([1, null, 'Bērziņu ģimene']);
  });

  it('checks by the rules of the operation before anything is written down', async () => {
    const { copy, signs } = await open();
    await expect(logged(copy, { ...visit(), minutes: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(signs.unsent()).toEqual([]);
  });

  it('lets families out of reach leave, and never the work done for them', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    office.refuses = () => ({ outcome: 'notNow' });
    const input = visit();
    await logged(copy, input);
    office.families = [];
    await settled(copy);
    await settled(copy);
    expect(await copy.answer(familyEndpoints.read, { params: { id: bundle.family.id } })).toBeUndefined();
    expect(signs.unsent().map(({ input }) => input['id'])).toEqual([input.id]);
  });

  it('goes on with a download where it was cut off', async () => {
    office.families = Array.from({ length: 50 }, (_, i) => aBundle({ code: `JEL-${i}` }));
    const first = await open();
    // Changes and the list of codes arrive, then one part of three.
    office.fates = ['arrives', 'arrives', 'arrives', 'lost'];
    await expect(first.copy.now()).rejects.toMatchObject({ code: 'OFFLINE' });
    expect(await first.copy.answer(familyEndpoints.list, {})).toBeUndefined();
    first.copy.close();
    office.asked.splice(0);
    const { copy, signs } = await open();
    await copy.now();
    expect(office.asked.filter((what) => what === 'GET /api/sync/families')).toHaveLength(2);
    expect((await ask<{ items: FamilyView[] }>(copy, familyEndpoints.list)).items).toHaveLength(50);
    expect(signs.progress()).toBeNull();
  });

  it('sends again what a restored office has lost, and fetches everything anew', async () => {
    const { copy, signs } = await open();
    const inputs = [visit('one'), visit('two')];
    for (const input of inputs) await logged(copy, input);
    await settled(copy);
    const restored = new TestOffice();
    restored.families = [bundle];
    office.receipts.forEach((receipt, seq) => seq === 1 && restored.receipts.set(seq, receipt));
    office = Object.assign(office, { generation: restored.generation, applied: office.applied.splice(0, 0) });
    office.receipts.clear();
    restored.receipts.forEach((receipt, seq) => office.receipts.set(seq, receipt));
    const before = office.asked.length;
    await settled(copy);
    await settled(copy);
    expect(office.receipts.get(2)?.result.outcome).toBe('applied');
    expect(office.asked.slice(before)).toContain('GET /api/sync/families');
    expect([signs.unsent(), signs.allSent()]).toEqual([[], true]);
  });

  it('says so when single commands are gone', async () => {
    const first = await open();
    office.isReachable = false;
    await logged(first.copy);
    first.copy.close();
    await new Promise<void>((done) => {
      const request = indexedDB.open(storeName(me.id));
      request.onsuccess = () => {
        const tx = request.result.transaction('command', 'readwrite');
        tx.objectStore('command').clear();
        tx.oncomplete = () => (request.result.close(), done());
      };
    });
    const { copy, signs } = await open();
    expect(signs.cameBackWithLess()).toBe(true);
    await copy.lessWasSeen();
    expect(signs.cameBackWithLess()).toBe(false);
  });

  it('says so when the browser was set back to a week ago, and gives no number twice', async () => {
    const first = await open();
    for (const note of ['one', 'two']) await logged(first.copy, visit(note));
    await settled(first.copy);
    first.copy.close();
    localStorage.clear();
    const store = await openDB(storeName(me.id));
    await store.delete('command', 2);
    await store.put('meta', 1, 'numbered');
    await store.put('meta', { generation: office.generation, said: null, cursor: null, at: null }, 'office');
    store.close();
    const { copy, signs } = await open();
    await settled(copy);
    expect(signs.cameBackWithLess()).toBe(true);
    await logged(copy);
    expect(office.applied.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('does its work by numbers: a clock that is a year off, and jumps, changes nothing', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    for (const off of [365, -365, 0]) {
      jest.useFakeTimers({ now: Date.now() + off * 86_400_000, doNotFake: [...everythingButDate] });
      const input = { ...visit(`off by ${off}`), day: '2025-01-05' };
      await logged(copy, input);
      expect(copy.where(input.id)).toBe('office');
      jest.useRealTimers();
    }
    await settled(copy);
    expect([office.applied.length, signs.unsent(), signs.allSent()]).toEqual([3, [], true]);
  });

  it('keeps the words in the form when the disk is full, and hands them in at once when the office is there', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    office.isReachable = false;
    await whileFull(() => expect(logged(copy)).rejects.toMatchObject({ code: 'PHONE_FULL' }));
    expect([signs.unsent(), signs.trouble()]).toEqual([[], 'full']);
    office.isReachable = true;
    await whileFull(() => logged(copy));
    expect(office.asked).toContain('POST /api/visits');
    await logged(copy);
    expect([signs.trouble(), office.applied.length]).toEqual([null, 1]);
  });

  it('keeps everything when the session is over', async () => {
    const signs = new Signs();
    const transport = () => Promise.resolve({ status: 401, text: '{"code":"SESSION_OVER","fields":[],"params":{}}' });
    const copy = await PhoneCopy.open(
      me,
      { token: () => 'old', renew: () => Promise.resolve(false) },
      signs,
      transport,
    );
    opened.push(copy);
    await logged(copy);
    await expect(copy.now()).rejects.toMatchObject({ code: 'SESSION_OVER' });
    expect(signs.unsent()).toHaveLength(1);
  });

  it('finds one that cannot even be sent, and sends the others', async () => {
    const { copy, signs } = await open();
    await settled(copy);
    office.isReachable = false;
    for (const note of ['one', 'poison', 'three', 'four']) await logged(copy, visit(note));
    office.isReachable = true;
    const { transport } = office;
    copy.close();
    const signsAgain = new Signs();
    const again = await PhoneCopy.open(me, bearer, signsAgain, async (request) => {
      const text = request.body === null || typeof request.body === 'string' ? request.body : await request.body.text();
      return text?.includes('poison')
        ? { status: 422, text: '{"code":"INVALID_INPUT","fields":[],"params":{}}' }
        : transport(request);
    });
    opened.push(again);
    await settled(again);
    expect(office.applied).toHaveLength(3);
    expect(signsAgain.unsent().map(({ state, input }) => [state, input['note']])).toEqual([['refused', 'poison']]);
    expect(signs.unsent()).toHaveLength(4);
  });

  it('keeps a draft first and brings it to the office; what is gone there is gone here', async () => {
    const { copy } = await open();
    office.isReachable = false;
    const id = newId();
    const input = { kind: 'visit' as const, familyId: null, content: '{"note":"Sāku rakstīt"}' };
    await ask(copy, draftEndpoints.save, { params: { id }, input });
    copy.close();
    const again = (await open()).copy;
    expect((await ask<{ items: { id: string }[] }>(again, draftEndpoints.list)).items.map(({ id }) => id)).toEqual([
      id,
    ]);
    office.isReachable = true;
    await settled(again);
    expect(office.drafts.map(({ content }) => content)).toEqual([input.content]);
    office.drafts = [];
    const third = (await open()).copy;
    expect((await ask<{ items: unknown[] }>(third, draftEndpoints.list)).items).toEqual([]);
  });

  it('asks the office about what it does not hold', async () => {
    const { copy } = await open();
    expect(await copy.answer(visitEndpoints.list, { input: {} })).toBeUndefined();
    expect(await copy.answer(noticeEndpoints.list, {})).toBeUndefined();
  });
});

const everythingButDate = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'requestIdleCallback',
  'cancelIdleCallback',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const;

function changeOf(family: FamilyView, changed: Partial<FamilyView>) {
  const { name, phone, address, language, arrangement, status, closeReason, version } = { ...family, ...changed };
  return { name, phone, address, language, arrangement, status, closeReason, version };
}
