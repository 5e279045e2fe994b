import { setTimeout as sleep } from 'node:timers/promises';
import {
  newId,
  type NoticeView,
  type Page as Items,
  type Problem,
  type ReferralView,
  type SessionView,
} from '@tilts/domain';
import { cityKeys, demoEmail } from '@tilts/testing';
import { signIn } from './pages/sign-in.js';
import { phone } from './screens.js';
import { expect, test } from './test.js';
import { Caller } from './tilts/caller.js';
import { logInterrupted } from './tilts/interrupted-visit.js';
import { MailServer } from './tilts/mail-server.js';
import { OwnTilts } from './tilts/own-tilts.js';
import { RoundRobin } from './tilts/round-robin.js';

// Two API processes on one database, as behind a proxy: what one knows, the other knows.
test.describe.configure({ mode: 'serial' });

let mails: MailServer;
let first: OwnTilts;
let second: OwnTilts;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mails = await MailServer.open();
  first = await OwnTilts.inNewFolders({ SMTP_URL: mails.url });
  second = await OwnTilts.beside(first);
});
test.afterAll(async () => {
  await second.stop();
  await first.remove();
  await mails.close();
});

test('two processes that start at once on nothing make one installation', async () => {
  test.setTimeout(120_000);
  first.launch();
  second.launch();
  await Promise.all([first.ready(), second.ready()]);
  const invented = [first, second].filter(({ said }) => said.includes('Inventing families'));
  expect(invented, 'who loaded the demo data').toHaveLength(1);
  const here = await (await Caller.signIn(first.address, demoEmail('mediator', 'RIGA'))).families();
  const there = await (await Caller.signIn(second.address, demoEmail('mediator', 'RIGA'))).families();
  expect(here.length).toBeGreaterThan(0);
  expect(there.map(({ id }) => id)).toEqual(here.map(({ id }) => id));
});

test('a session of one holds on the other, and ends on both at once', async () => {
  const { bearer } = await Caller.signIn(first.address, demoEmail('mediator', 'VALMIERA'));
  expect((await ask(second, 'GET', '/me', bearer)).status).toBe(200);

  // Another device of theirs, on the other process, ends this one.
  const other = await Caller.signIn(second.address, demoEmail('mediator', 'VALMIERA'));
  const sessions = (await (await ask(first, 'GET', '/sessions', bearer)).json()) as Items<SessionView>;
  const mine = sessions.items.find(({ current }) => current);
  expect((await ask(second, 'DELETE', `/sessions/${mine?.id ?? ''}`, other.bearer)).status).toBe(204);
  for (const process of [first, second]) {
    const refused = await ask(process, 'GET', '/me', bearer);
    expect(refused.status).toBe(401);
    expect(((await refused.json()) as Problem).code).toBe('SESSION_OVER');
  }
  expect((await ask(first, 'GET', '/me', other.bearer)).status).toBe(200);
});

test('whoever guesses passwords is slowed by both together', async () => {
  const guess = async (process: OwnTilts): Promise<string> => {
    const input = { email: demoEmail('evaluator'), password: `guess ${newId()}` };
    return ((await (await ask(process, 'POST', '/sessions', '', input)).json()) as Problem).code;
  };
  expect(await guess(first)).toBe('SIGN_IN_FAILED');
  expect(await guess(second)).toBe('SIGN_IN_FAILED');
  expect(await guess(first)).toBe('SIGN_IN_LATER');
  expect(await guess(second)).toBe('SIGN_IN_LATER');
});

test('what is to be mailed is mailed once, whoever put it into the queue', async () => {
  test.setTimeout(60_000);
  // One task, one mail, until it was seen: so each city once, and everything seen before.
  const senders = await Promise.all(cityKeys.map((city) => Caller.signIn(first.address, demoEmail('mediator', city))));
  for (const city of cityKeys) {
    const receiver = await Caller.signIn(second.address, demoEmail('socialWorker', city));
    const notices = (await (
      await ask(second, 'GET', '/notices?limit=100', receiver.bearer)
    ).json()) as Items<NoticeView>;
    for (const { id } of notices.items) await ask(second, 'POST', `/notices/${id}/read`, receiver.bearer, {});
  }
  const before = mails.letters.length;
  let turn = 0;
  await Promise.all(
    senders.map(async ({ bearer }) => {
      const answer = await ask(first, 'GET', '/referrals?limit=100', bearer);
      for (const { id } of ((await answer.json()) as Items<ReferralView>).items) {
        const message = { id: newId(), text: 'Vai ir kas jauns?' };
        await ask(turn++ % 2 ? first : second, 'POST', `/referrals/${id}/messages`, bearer, message);
      }
    }),
  );
  await expect.poll(() => mails.letters.length - before, { timeout: 20_000 }).toBeGreaterThan(8);
  // Long enough for a second one of the same to come, if there were one.
  for (let quiet = mails.letters.length; await sleep(4_000, true); quiet = mails.letters.length)
    if (quiet === mails.letters.length) break;
  console.log(`  ${mails.letters.length - before} letters for ${turn} messages`);
  expect(new Set(mails.letters).size, 'each once').toBe(mails.letters.length);
});

test('one is killed while a visit is logged: nothing is lost, the person goes on', async ({
  browserOf,
  complaints,
}) => {
  test.setTimeout(120_000);
  const proxy = await RoundRobin.before([first.port, second.port]);
  try {
    const page = await (await browserOf({ ...phone })).newPage();
    await page.goto(proxy.address);
    await signIn(page, demoEmail('mediator', 'VENTSPILS'));
    const caller = await Caller.signIn(second.address, demoEmail('mediator', 'VENTSPILS'));
    const family = (await caller.families()).find(({ status }) => status === 'active')?.id ?? '';
    const before = await caller.visitIds(family);

    const back = async (): Promise<void> => void (await first.start());
    await logInterrupted(page, `${proxy.address}/visits/new?family=${family}`, {
      between: () => first.kill(),
      before: back,
      atSaving: () => first.kill(),
    });
    expect(await caller.visitIds(family), 'one visit more').toHaveLength(before.length + 1);

    // The session goes on where it was not begun, also when the page is opened anew.
    await page.goto(`${proxy.address}/today`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page).not.toHaveURL(/sign-in/);
    await back();
    await page.close();
    // What the browser says of a request that was cut off by the accident.
    complaints.splice(0, complaints.length, ...complaints.filter((words) => !/status of 502/.test(words)));
  } finally {
    await proxy.close();
  }
});

function ask(process: OwnTilts, method: string, path: string, bearer: string, input?: object): Promise<Response> {
  return fetch(`${process.address}/api${path}`, {
    method,
    headers: {
      ...(bearer && { authorization: `Bearer ${bearer}` }),
      ...(input && { 'content-type': 'application/json' }),
    },
    ...(input && { body: JSON.stringify(input) }),
  });
}
