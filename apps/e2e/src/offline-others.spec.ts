import type { Page } from '@playwright/test';
import { demoEmail } from '@tilts/testing';
import { looksRight } from './pages/looks.js';
import { changePerson, done, firstCode, logVisit, ownFamily } from './pages/own-families.js';
import { PhoneState } from './pages/phone-state.js';
import { expect, test } from './phones.js';
import { begins, text } from './texts.js';
import { Caller } from './tilts/caller.js';

test('two phones change one person: other fields go together, of the same field the person chooses, and all have it', async ({
  phoneOf,
  tilts,
}) => {
  const one = await phoneOf('DOBELE');
  const { family: id } = await ownFamily(one, 'Liepiņu ģimene');
  const other = await phoneOf('DOBELE');
  await other.goto(`/families/${id}`);
  const [stateOfOne, stateOfOther] = [new PhoneState(one), new PhoneState(other)];
  const network = (is: 'there' | 'gone', ...of: Page[]) =>
    Promise.all(of.map((page) => page.context().setOffline(is === 'gone')));
  const rasma = async () =>
    (await (await Caller.signIn(tilts.address, demoEmail('mediator', 'DOBELE'))).persons()).find(
      (person) => person.familyId === id,
    );

  await test.step('one writes the name, the other the year', async () => {
    await network('gone', one, other);
    await changePerson(one, 'Rasma Liepiņa', 'lastName', 'Liepiņa-Kalna');
    await changePerson(other, 'Rasma Liepiņa', 'birthYear', '1980');
    for (const state of [stateOfOne, stateOfOther]) await state.waits(1);
    await network('there', other);
    await stateOfOther.allSent();
    await network('there', one);
    await stateOfOne.allSent();
    expect(await rasma()).toMatchObject({ lastName: 'Liepiņa-Kalna', birthYear: 1980 });
    for (const page of [one, other]) {
      await page.goto(`/families/${id}`);
      await page.getByRole('link', { name: 'Rasma Liepiņa-Kalna', exact: true }).tap();
      await expect(page.getByLabel(begins(text('persons.field.birthYear')))).toHaveValue('1980');
    }
  });

  await test.step('both write the name', async () => {
    for (const page of [one, other]) await page.goto(`/families/${id}`);
    await network('gone', one, other);
    await changePerson(one, 'Rasma Liepiņa-Kalna', 'lastName', 'Kalna');
    await changePerson(other, 'Rasma Liepiņa-Kalna', 'lastName', 'Zeltiņa');
    await network('there', other);
    await stateOfOther.allSent();
    await network('there', one);
    await stateOfOne.needsYou(1);
    expect(await rasma(), 'nothing is overwritten').toMatchObject({ lastName: 'Zeltiņa' });
  });

  await test.step('the person reads both and chooses', async () => {
    const version = (await rasma())?.version ?? 0;
    await stateOfOne.openUnsent();
    const card = stateOfOne.cards;
    await expect(card).toHaveCount(1);
    await expect(card).toContainText(text('sync.what.persons.change'));
    await expect(card).toContainText(text('sync.clash.why'));
    const choice = (which: 'mine' | 'theirs') => card.getByRole('radio', { name: text(`sync.clash.${which}`) });
    await looksRight(one);
    await expect(choice('mine')).toHaveAccessibleDescription('Kalna');
    await expect(choice('theirs')).toHaveAccessibleDescription('Zeltiņa');
    const save = card.getByRole('button', { name: text('sync.clash.save') });
    await save.tap();
    await expect(card.getByRole('alert'), 'nothing is chosen for them').toHaveText(
      text('sync.clash.missing', { count: 1 }),
    );
    await choice('mine').tap();
    await save.tap();
    await stateOfOne.allSent();
    await expect(card).toHaveCount(0);
    expect(await rasma()).toMatchObject({ lastName: 'Kalna', birthYear: 1980, version: version + 1 });
    for (const page of [one, other]) {
      await page.goto(`/families/${id}`);
      await expect(page.getByRole('link', { name: 'Rasma Kalna', exact: true })).toBeVisible();
    }
  });
});

test('a family that went to somebody else leaves the phone; what was not sent stays there, and goes when it may', async ({
  phoneOf,
  tilts,
  complaints,
}) => {
  const [mine, theirs] = [demoEmail('mediator', 'RIGA'), demoEmail('mediator', 'VALMIERA')];
  const page = await phoneOf('RIGA');
  const state = new PhoneState(page);
  const caller = await Caller.signIn(tilts.address, mine);
  const coordinator = await Caller.signIn(tilts.address, demoEmail('coordinator'));
  await page.context().setOffline(true);
  const code = await firstCode(page);
  const family = (await caller.families()).find((one) => one.code === code);
  if (!family) throw new Error(`${code} is not theirs`);
  const before = await caller.visitIds(family.id);
  await logVisit(page, code, 'Zvanīt skolai par autobusu.');
  await done(page);
  await page.goto(`/families/${family.id}/edit`);
  await page.getByLabel(begins(text('families.field.address'))).fill('Jaunā iela 5');
  await page.getByRole('button', { name: text('families.editor.save') }).tap();
  await state.waits(2);

  await coordinator.handOver(family, mine, theirs);
  await page.context().setOffline(false);
  await state.needsYou(2);
  await test.step('the family is not here any more', async () => {
    const link = page.locator('main').getByRole('link', { name: begins(code) });
    await page
      .getByRole('link', { name: text('shell.families'), exact: true })
      .last()
      .tap();
    await expect(page).toHaveURL(/\/families$/);
    await expect(link).toHaveCount(0);
    await page.goto(`/families/${family.id}`);
    await expect(page.getByText(text('errors.NOT_FOUND'))).toBeVisible();
  });

  await test.step('what was done for it is, by its code and with its words', async () => {
    await state.openUnsent();
    await expect(state.cards).toHaveCount(2);
    for (const card of await state.cards.all()) {
      await expect(card).toContainText(code);
      await expect(card).toContainText(`${text('sync.unsent.refused')} ${text('errors.NOT_FOUND')}`);
    }
    await looksRight(page);
    const visit = state.cards.filter({ hasText: text('sync.what.visits.create') });
    await visit.getByText(text('sync.unsent.content')).tap();
    await expect(visit.getByText('Zvanīt skolai par autobusu.')).toBeVisible();
    await page.reload();
    await expect(state.cards).toHaveCount(2);
    const other = await Caller.signIn(tilts.address, theirs);
    expect(await other.visitIds(family.id)).toHaveLength(before.length);
  });

  await test.step('given back, it takes what was done', async () => {
    await coordinator.handOver(family, theirs, mine);
    const again = state.cards.getByRole('button', { name: text('sync.unsent.again') });
    await again.first().tap();
    await expect(state.cards).toHaveCount(1);
    await again.tap();
    await state.allSent();
    const visits = await caller.visits(family.id);
    expect(visits).toHaveLength(before.length + 1);
    expect(visits.filter(({ note }) => note === 'Zvanīt skolai par autobusu.')).toHaveLength(1);
    const now = (await caller.families()).find(({ id }) => id === family.id);
    expect(now).toMatchObject({ address: 'Jaunā iela 5' });
    await page.goto(`/families/${family.id}`);
    await expect(page.getByText('Jaunā iela 5')).toBeVisible();
  });
  // Of what is not theirs any more the server knows nothing.
  const others = complaints.filter((one) => !(one.includes(family.id) && /\b404\b/.test(one)));
  complaints.splice(0, complaints.length, ...others);
});
