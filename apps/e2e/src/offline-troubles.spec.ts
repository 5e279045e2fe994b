import { addDays, dayOf } from '@tilts/domain';
import { demoEmail } from '@tilts/testing';
import { changePerson, firstCode, logVisit, ownFamily, writeNote } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { VisitFormPage } from './pages/visit-form.js';
import { equipped, expect, test } from './phones.js';
import { begins, text } from './texts.js';
import { Caller } from './tilts/caller.js';

const email = demoEmail('mediator', 'VENTSPILS');
/** Bytes: for the app itself and everything of a mediator. */
const enough = 60_000_000;

test('a full phone says so, the form loses nothing, and with room again it goes on', async ({ newPhone, tilts }) => {
  const page = await newPhone();
  const state = new PhoneState(page);
  const protocol = await page.context().newCDPSession(page);
  const room = (quotaSize?: number) =>
    protocol.send('Storage.overrideQuotaForOrigin', { origin: tilts.address, quotaSize });
  const full = async () => {
    await room(1);
    // For half a minute a browser goes by the room that it found before, unless somebody wants more than that.
    expect(await page.evaluate(tooMuch, enough)).toBe('QuotaExceededError');
  };
  await page.goto('/');
  await room(enough);
  await equipped(page, 'VENTSPILS');
  const { family } = await ownFamily(page, 'Liepiņu ģimene');
  const notice = page.getByText(text('sync.trouble.full.heading'));
  const form = new VisitFormPage(page);
  const fill = async (note: string) => {
    await page.goto(`/visits/new?family=${family}`);
    await form.area('HOU').tap();
    await form.kind('inform').tap();
    await form.minutes(30).tap();
    await writeNote(page, note);
  };
  const caller = await Caller.signIn(tilts.address, email);

  await test.step('without a network nothing can be saved, and it is said', async () => {
    await page.context().setOffline(true);
    await fill('Pirmais.');
    await full();
    await form.save.tap();
    await expect(page.getByText(text('problem.phoneFull'))).toBeVisible();
    await expect(notice).toBeVisible();
    await expect(page.getByText(text('sync.trouble.full.text'))).toBeVisible();
    await expect(state.words).toHaveText(text('sync.state.trouble'));
    await expect(page.getByLabel(begins(text('visits.form.note')))).toHaveValue('Pirmais.');
    await expect(form.area('HOU')).toBeChecked();
    await expect(form.minutes(30)).toBeChecked();
  });

  await test.step('with room again the same form is saved', async () => {
    await room(enough);
    await form.save.tap();
    await form.saved();
    await expect(notice).toBeHidden();
    await state.waits(1);
    await page.context().setOffline(false);
    await state.allSent();
    expect((await caller.visits(family)).map(({ note }) => note)).toEqual(['Pirmais.']);
  });

  await test.step('with a network the office takes what the phone has no room for', async () => {
    await fill('Otrais.');
    await full();
    await form.save.tap();
    await form.saved();
    expect((await caller.visits(family)).map(({ note }) => note).sort()).toEqual(['Otrais.', 'Pirmais.']);
    await expect(notice).toBeVisible();
  });
});

test('rows that nobody can read are told of; what can be read is sent, and the family comes anew', async ({
  phoneOf,
  tilts,
}) => {
  const page = await phoneOf('VENTSPILS');
  const state = new PhoneState(page);
  const { family, code } = await ownFamily(page, 'Kalniņu ģimene');
  await page.context().setOffline(true);
  for (const note of ['Pirmais.', 'Otrais.']) {
    await page.goto('/today');
    await logVisit(page, code, note);
  }
  await state.waits(2);
  await state.damage(family);
  await page.goto('/today');
  await expect(page.getByText(text('sync.less.heading'))).toBeVisible();
  await expect(page.getByText(text('sync.less.text'))).toBeVisible();
  await state.waits(1);

  await page.context().setOffline(false);
  const caller = await Caller.signIn(tilts.address, email);
  await expect.poll(async () => (await caller.visits(family)).map(({ note }) => note)).toEqual(['Otrais.']);
  await page.goto(`/families/${family}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Kalniņu ģimene');
  await expect(page.locator('ol[tlTimeline] a[href^="/visits/"]')).toHaveCount(1);
  await page.getByRole('button', { name: text('sync.less.seen') }).tap();
  await state.allSent();
  await page.reload();
  await state.allSent();
  await expect(page.getByText(text('sync.less.heading'))).toBeHidden();
});

test('a database that the disk has spoiled is told of, and the work goes on with the office', async ({
  installed,
  tilts,
}) => {
  let page = await equipped(await installed.open(), 'VENTSPILS');
  await page.context().setOffline(true);
  const code = await firstCode(page);
  await logVisit(page, code, 'Tikai šajā tālrunī.');
  await new PhoneState(page).waits(1);
  await installed.close();
  installed.damageDatabase();

  page = await installed.open();
  await page.goto('/today');
  await expect(
    page.getByText(text('sync.less.heading')).or(page.getByText(text('sync.trouble.broken.heading'))),
  ).toBeVisible();
  const caller = await Caller.signIn(tilts.address, email);
  const family = (await caller.families()).find((one) => one.code === code)?.id ?? '';
  const before = await caller.visitIds(family);
  await logVisit(page, code, 'Pēc tam.');
  await expect.poll(async () => (await caller.visitIds(family)).length).toBe(before.length + 1);
});

test('by a clock that is wrong by a year everything is sent once, and a wrong day is told and put right', async ({
  phoneOf,
  tilts,
}) => {
  const page = await phoneOf('VENTSPILS');
  const state = new PhoneState(page);
  const { family, code } = await ownFamily(page, 'Ozoliņu ģimene');
  const caller = await Caller.signIn(tilts.address, email);
  const today = dayOf(new Date());
  await page.context().addInitScript(moveClock);
  await page.context().setOffline(true);
  // No project runs on that day, so nobody can have worked then.
  const [before = ''] = [addDays(today, -365), '2025-12-01'].sort();
  const wrong = [
    { how: 'Pulkstenis gadu uz priekšu.', day: addDays(today, 365), person: 'Rasma Liepiņa', lastName: 'Kalna' },
    { how: 'Pulkstenis gadu atpakaļ.', day: before, person: 'Rasma Kalna', lastName: 'Zeltiņa' },
  ];
  for (const { how, day, person, lastName } of wrong) {
    await page.evaluate((to) => localStorage.setItem('clock', to), String(Date.parse(day) - Date.parse(today)));
    await page.goto('/today');
    await logVisit(page, code, how);
    await page.goto(`/families/${family}`);
    await changePerson(page, person, 'lastName', lastName);
  }
  await state.waits(4);

  await test.step('what does not hang on the day is taken', async () => {
    await page.context().setOffline(false);
    await state.needsYou(2);
    const person = (await caller.persons()).find(({ familyId }) => familyId === family);
    expect(person).toMatchObject({ lastName: 'Zeltiņa' });
    expect(await caller.visitIds(family)).toEqual([]);
  });

  await test.step('of a wrong day it is said what is wrong', async () => {
    await state.openUnsent();
    await expect(state.cards).toHaveCount(2);
    await expect(state.cards.nth(0)).toContainText(text('fieldErrors.inTheFuture'));
    await expect(state.cards.nth(1)).toContainText(text('errors.NO_ASSIGNMENT'));
    for (const card of await state.cards.all()) await expect(card).toContainText(code);
  });

  await test.step('with the clock put right each is corrected in its form and sent', async () => {
    await page.evaluate(() => localStorage.removeItem('clock'));
    const form = new VisitFormPage(page);
    for (const { how } of wrong) {
      await page.goto('/unsent');
      await state.cards
        .first()
        .getByRole('button', { name: text('sync.unsent.correct') })
        .tap();
      await form.opened();
      const other = page.getByLabel(begins(text('visits.form.otherDay')));
      // A day that has not come yet opens its line by itself.
      if (!(await other.isVisible())) await page.getByText(text('visits.form.change'), { exact: true }).tap();
      await other.fill(today);
      await form.save.tap();
      await form.saved();
      await expect.poll(async () => (await caller.visits(family)).map(({ note }) => note)).toContain(how);
    }
    await state.allSent();
    const visits = await caller.visits(family);
    expect(visits.map(({ note, day }) => `${day} ${note}`).sort()).toEqual(
      wrong.map(({ how }) => `${today} ${how}`).sort(),
    );
  });
});

/** In a page: what the browser says when more is written than there is room for. */
async function tooMuch(bytes: number): Promise<string> {
  const opening = indexedDB.open('a-video');
  opening.onupgradeneeded = () => opening.result.createObjectStore('video');
  const said = await new Promise<string>((done) => {
    opening.onsuccess = () => {
      const tx = opening.result.transaction('video', 'readwrite');
      tx.oncomplete = () => done('kept');
      tx.onabort = () => done(tx.error?.name ?? '');
      tx.objectStore('video').put(new Uint8Array(bytes), 1);
    };
    opening.onerror = () => done(opening.error?.name ?? '');
  });
  return said;
}

/** In a page, before anything else: the clock goes as wrong as somebody noted. */
function moveClock(): void {
  const off = Number(localStorage.getItem('clock') ?? 0);
  if (!off) return;
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [Right.now() + off]) as [number]));
    }
    static override now(): number {
      return Right.now() + off;
    }
  } as DateConstructor;
}
