import { draftEndpoints, familyEndpoints, newId, type BatchInColumns } from '@tilts/domain';
import { CallProblem } from '../platform/exchange';
import { aBundle } from './testing/office';
import { TestBrowser, ask, settled, type Tab } from './testing/browser';
import { whileFull, whileOneWriteFails } from './testing/store';
import { storeName } from './local-store';
import type { Reply, Transport } from './transport';

const states = ({ signs }: Tab) => signs.unsent().map(({ state }) => state);
const isCommands = (address: string) => address.endsWith('/sync/commands');
const says = (status: number, body: unknown): Reply => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('A phone in trouble', () => {
  let browser: TestBrowser;
  beforeEach(() => (browser = new TestBrowser()));
  afterEach(() => {
    browser.close();
    jest.useRealTimers();
  });

  /** A phone with that many visits that wait, and another line to the office. */
  async function waiting(count: number, line: (ours: Transport) => Transport): Promise<Tab> {
    const { office } = browser;
    const before = await browser.open();
    await settled(before);
    office.isReachable = false;
    for (let i = 0; i < count; i += 1) await browser.log(before, `visit ${i}`);
    office.isReachable = true;
    before.copy.close();
    return browser.open(line(office.transport));
  }

  it.each([
    ['a page that wants its terms agreed to', '<!doctype html><title>Wi-Fi</title>'],
    ['nothing', ''],
    ['an answer of something else', { ok: true }],
    ['an answer that was cut off', '{"generation":"0190'],
  ])('takes %s for no network', async (_, words) => {
    const tab = await waiting(2, () => () => Promise.resolve(says(200, words)));
    await expect(tab.copy.now()).rejects.toMatchObject({ code: 'OFFLINE' });
    expect([states(tab), tab.signs.online(), tab.signs.allSent()]).toEqual([['waiting', 'waiting'], false, false]);
  });

  it('keeps what waits when its session ends between two batches', async () => {
    const { office, bundle } = browser;
    const before = await browser.open();
    await settled(before);
    office.isReachable = false;
    await browser.log(before);
    // The second change of the same record is another batch.
    for (const name of ['Bērziņi', 'Kalniņi'])
      await ask(before.copy, familyEndpoints.change, {
        params: { id: bundle.family.id },
        input: changed(browser, name),
      });
    before.copy.close();
    office.isReachable = true;
    let sent = 0;
    const over = says(401, { code: 'SESSION_OVER', fields: [], params: {} });
    const tab = await browser.open(
      (request) => {
        if (isCommands(request.address)) sent += 1;
        return sent > 1 ? Promise.resolve(over) : office.transport(request);
      },
      { token: () => 'old', renew: () => Promise.resolve(false) },
    );
    await expect(tab.copy.now()).rejects.toMatchObject({ code: 'SESSION_OVER' });
    expect([office.applied.length, states(tab), tab.signs.allSent()]).toEqual([2, ['waiting'], false]);
  });

  it.each([400, 413, 415, 422])('lets everything wait when the office takes no batch at all (%s)', async (status) => {
    let tries = 0;
    const tab = await waiting(4, (ours) => (request) => {
      if (!isCommands(request.address)) return ours(request);
      tries += 1;
      return Promise.resolve(says(status, { code: 'MALFORMED', fields: [], params: {} }));
    });
    await expect(tab.copy.now()).rejects.toMatchObject({ status });
    expect(states(tab)).toEqual(Array(4).fill('waiting'));
    expect(tries).toBeLessThan(12);
  });

  it.each([
    ['breaks', null],
    ['takes too long', 408],
    ['has nobody behind it', 503],
  ])(
    'sends less at a time where the line %s under much, and as much as ever where there is none',
    async (_, status) => {
      const { office } = browser;
      const sizes: number[] = [];
      let sent = 0;
      const tab = await waiting(30, (ours) => async (request) => {
        if (!isCommands(request.address)) return ours(request);
        // This test's browser packs nothing.
        const lines = String(request.body).split('\n');
        const batches = lines.map((line) => JSON.parse(line) as BatchInColumns);
        const count = batches.flatMap(({ runs }) => runs).reduce((sum, run) => sum + run.count, 0);
        sizes.push(count);
        if (count > 12 && sent > 0 && status) return says(status, { message: 'not in time' });
        if (count > 12) throw new CallProblem('OFFLINE', 0, [], { sent });
        return ours(request);
      });
      const round = () => tab.copy.now().catch(() => undefined);
      for (let i = 0; i < 5; i += 1) await round();
      expect(sizes.slice(-5)).toEqual([30, 30, 30, 30, 30]);
      sent = 100;
      for (let i = 0; i < 9 && !tab.signs.allSent(); i += 1) await round();
      expect([office.applied.length, tab.signs.allSent()]).toEqual([30, true]);
      expect(office.applied.length).toBe(new Set(office.applied).size);
    },
  );

  it.each([
    ['says nothing of what it was sent', {}],
    ['speaks of something else', { results: [{ id: newId(), seq: 1, outcome: 'applied', fields: [], clashes: [] }] }],
    ['speaks of numbers that were not sent', { applied: [{ from: 3, to: 9 }] }],
  ])('waits when the office %s', async (_, said) => {
    let tries = 0;
    const tab = await waiting(2, (ours) => async (request) => {
      if (!isCommands(request.address)) return ours(request);
      if ((tries += 1) > 20) throw new Error('for ever');
      return says(200, { ...browser.office.standing, applied: [], alreadyApplied: [], results: [], ...said });
    });
    await tab.copy.now();
    expect([states(tab), tab.signs.allSent()]).toEqual([['waiting', 'waiting'], false]);
    expect(tries).toBeLessThan(4);
  });

  it('sends nothing before it knows for which office it is', async () => {
    const { office } = browser;
    office.fates = ['lost', 'lost'];
    const tab = await browser.open();
    await browser.log(tab);
    await settled(tab);
    expect(office.batches.filter(({ generation }) => generation === null).flatMap(({ commands }) => commands)).toEqual(
      [],
    );
    expect([office.applied.length, tab.signs.allSent()]).toEqual([1, true]);
  });

  it('sends again what an office lacks whose files were copied back, and fetches everything anew', async () => {
    const { office } = browser;
    const tab = await browser.open();
    for (const note of ['one', 'two', 'three']) await browser.log(tab, note);
    await settled(tab);
    expect(tab.signs.allSent()).toBe(true);
    // What was done since the copy was made is gone; the generation came back with it.
    for (const seq of [2, 3]) office.receipts.delete(seq);
    const gone = office.applied.splice(1).map(({ id }) => id);
    office.asked.length = 0;
    await settled(tab);
    await settled(tab);
    expect(office.applied.slice(1).map(({ id }) => id)).toEqual(gone);
    expect(office.asked).toContain('GET /api/sync/families');
    expect([tab.signs.unsent(), tab.signs.allSent()]).toEqual([[], true]);
  });

  it('takes an older answer that comes later for what it is', async () => {
    const { office } = browser;
    const tab = await browser.open();
    await settled(tab);
    tab.copy.close();
    const held: (() => void)[] = [];
    const slow = await browser.open(async (request) => {
      const reply = await office.transport(request);
      if (request.address.includes('/sync/changes')) await new Promise<void>((done) => held.push(done));
      return reply;
    });
    const pull = slow.copy.now();
    await until(() => held.length === 1);
    await browser.log(slow);
    expect(slow.copy.where(String(browser.atOffice[0]))).toBe('office');
    const sent = office.batches.length;
    held[0]?.();
    await pull.catch(() => undefined);
    expect(office.batches).toHaveLength(sent);
    expect([slow.signs.unsent(), slow.signs.allSent()]).toEqual([[], true]);
    for (const done of held) done();
  });

  it('does not believe what an office said before it was restored', async () => {
    const { office } = browser;
    const first = await browser.open();
    await settled(first);
    first.copy.close();
    const held: (() => void)[] = [];
    const tab = await browser.open(async (request) => {
      const reply = await office.transport(request);
      if (isCommands(request.address) && held.length === 0) await new Promise<void>((done) => held.push(done));
      return reply;
    });
    const logged = browser.log(tab);
    await until(() => held.length === 1);
    // Carried out and answered; before the answer is here the office is restored, and another request tells of it.
    office.generation = newId();
    office.receipts.clear();
    office.applied.length = 0;
    await tab.copy.officeChanged();
    held[0]?.();
    await logged;
    await settled(tab);
    expect([office.applied.length, tab.signs.unsent(), tab.signs.allSent()]).toEqual([1, [], true]);
  });

  it('keeps by the office’s days what it can make good', async () => {
    const { office } = browser;
    const tab = await browser.open();
    await browser.log(tab);
    await settled(tab);
    jest.useFakeTimers({ now: Date.now() + 365 * 86_400_000, doNotFake: [...everythingButDate] });
    await settled(tab);
    jest.useRealTimers();
    office.generation = newId();
    office.receipts.clear();
    office.applied.length = 0;
    await settled(tab);
    expect(office.applied).toHaveLength(1);
  });

  for (const how of ['full', 'killed'] as const)
    it(`loses and doubles nothing, whichever single write goes wrong (${how})`, async () => {
      let number = 0;
      for (let writes = 1; number < writes; number += 1) {
        browser.close();
        browser = new TestBrowser();
        const { office } = browser;
        const acknowledged: string[] = [];
        const log = async (tab: Tab): Promise<void> => {
          const input = browser.visit();
          await browser.log(tab, input.note ?? '').then(
            ({ id }) => acknowledged.push(id),
            () => undefined,
          );
        };
        // One that failed is the last: then there is perhaps another behind it.
        writes =
          1 +
          (await whileOneWriteFails(number, how, async () => {
            const tab = await browser.open().catch(() => null);
            if (!tab) return;
            await log(tab);
            await settled(tab);
            office.isReachable = false;
            await log(tab);
            office.families = [aBundle({}, '2'), { ...browser.bundle, stamp: '2' }];
            office.isReachable = true;
            await settled(tab);
          }));
        const tab = await browser.open();
        await settled(tab);
        await settled(tab);
        expect(new Set(browser.atOffice).size).toBe(browser.atOffice.length);
        expect(browser.atOffice).toEqual(expect.arrayContaining(acknowledged));
        expect([number, tab.signs.unsent(), tab.signs.allSent()]).toEqual([number, [], true]);
      }
      expect(number).toBeGreaterThan(15);
    }, 60_000);

  it('opens with a full disk, shows what waits, and hands it in', async () => {
    const tab = await waiting(2, (ours) => ours);
    tab.copy.close();
    browser.me.name = 'Ilze Bērziņa';
    const full = await whileFull(async () => {
      const opened = await browser.open();
      expect([states(opened), opened.signs.trouble()]).toEqual([['waiting', 'waiting'], 'full']);
      await opened.copy.now().catch(() => undefined);
      expect(states(opened)).toEqual(['waiting', 'waiting']);
      return opened;
    });
    expect(browser.office.applied).toHaveLength(2);
    // Somebody has made room.
    browser.office.families = [{ ...browser.bundle, stamp: '2' }];
    await settled(full);
    expect([browser.office.applied.length, states(full), full.signs.allSent()]).toEqual([2, [], true]);
    expect(await full.copy.now()).toBeUndefined();
  });

  it('keeps a draft that the office will not have', async () => {
    const { office } = browser;
    const tab = await browser.open();
    office.refusesDrafts = true;
    const id = newId();
    await ask(tab.copy, draftEndpoints.save, {
      params: { id },
      input: { kind: 'visit', familyId: null, content: '"Garš"' },
    });
    await settled(tab);
    tab.copy.close();
    const again = await browser.open();
    const { items } = (await ask(again.copy, draftEndpoints.list)) as { items: { id: string }[] };
    expect(items.map((draft) => draft.id)).toEqual([id]);
  });

  it('is another device when nothing is left of what it had numbered, says so, and can be „all sent” again', async () => {
    const { office } = browser;
    const tab = await browser.open();
    await browser.log(tab);
    office.isReachable = false;
    await browser.log(tab);
    tab.copy.close();
    await new Promise((done) => (indexedDB.deleteDatabase(storeName(browser.me.id)).onsuccess = done));
    office.isReachable = true;
    const again = await browser.open();
    expect(again.signs.cameBackWithLess()).toBe(true);
    expect(again.copy.deviceId).not.toBe(tab.copy.deviceId);
    again.copy.close();
    const third = await browser.open();
    expect(third.signs.cameBackWithLess()).toBe(true);
    await third.copy.lessWasSeen();
    await browser.log(third);
    await settled(third);
    expect([office.applied.map(({ seq }) => seq), third.signs.allSent()]).toEqual([[1, 1], true]);
    third.copy.close();
    expect((await browser.open()).signs.cameBackWithLess()).toBe(false);
  });

  it('goes on numbering behind what nobody can read', async () => {
    const tab = await browser.open();
    await browser.log(tab);
    tab.copy.close();
    await put('command', { rust: true }, 2);
    await put(
      'command',
      { command: { id: 'x', seq: 3, operation: 'POST /visits', content: '{}' }, state: 'waiting' },
      3,
    );
    const again = await browser.open();
    expect(again.signs.cameBackWithLess()).toBe(true);
    await browser.log(again);
    expect(browser.office.applied.map(({ seq }) => seq)).toEqual([1, 4]);
    // Once its person knows, it is told no more, and it can be „all sent” again.
    await again.copy.lessWasSeen();
    await settled(again);
    expect([again.signs.unsent(), again.signs.allSent()]).toEqual([[], true]);
    again.copy.close();
    const third = await browser.open();
    expect([third.signs.cameBackWithLess(), third.signs.allSent()]).toEqual([false, true]);
    await browser.log(third);
    const visits = browser.office.applied.filter(({ operation }) => operation === 'POST /visits');
    expect(visits.map(({ seq }) => seq)).toEqual([1, 4, 5]);
  });

  it('leaves no family behind when somebody signs out of a full phone', async () => {
    const tab = await browser.open();
    await settled(tab);
    await whileFull(() => tab.copy.leave());
    const again = await browser.open();
    expect(await again.copy.answer(familyEndpoints.read, { params: { id: browser.bundle.family.id } })).toBeUndefined();
    await settled(again);
    expect(await ask(again.copy, familyEndpoints.read, { params: { id: browser.bundle.family.id } })).toBeDefined();
  });

  /** Something that stands in the store, whoever wrote it. */
  function put(store: string, value: unknown, key: IDBValidKey): Promise<void> {
    return new Promise((done) => {
      const request = indexedDB.open(storeName(browser.me.id));
      request.onsuccess = () => {
        const tx = request.result.transaction(store, 'readwrite');
        tx.objectStore(store).put(value, key);
        tx.oncomplete = () => (request.result.close(), done());
      };
    });
  }
});

async function until(is: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !is(); tries += 1) await new Promise((done) => setTimeout(done, 2));
  expect(is()).toBe(true);
}

function changed({ bundle }: TestBrowser, name: string) {
  const { phone, address, language, arrangement, status, closeReason, version } = bundle.family;
  return { name, phone, address, language, arrangement, status, closeReason, version };
}

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
