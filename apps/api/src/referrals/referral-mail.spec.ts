import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  accessEndpoints,
  consentEndpoints,
  newId,
  noticeEndpoints,
  referralEndpoints,
  registrationEndpoints,
} from '@tilts/domain';
import type { ReferralView } from '@tilts/domain';
import { aConsentToShare, aFamily, aReferral } from '@tilts/testing';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

let app: TestApp;
let mediator: Somebody;
let worker: Somebody;
let colleague: Somebody;

beforeAll(async () => {
  app = await startTestApp();
  mediator = app.as.mediator('JELGAVA');
  worker = app.as.socialWorker('JELGAVA');
  colleague = app.as.socialWorker('JELGAVA', 'second');
  await colleague.call(accessEndpoints.changeMe, { input: { language: 'en' } });
  await worker.id();
});
afterAll(() => app.close());

async function sent(): Promise<ReferralView> {
  const family = aFamily({ municipalityId: municipalityId('JELGAVA'), name: 'Vējiņu ģimene', address: 'Vēja iela 7' });
  await mediator.call(registrationEndpoints.register, { input: family });
  await mediator.call(consentEndpoints.create, { input: aConsentToShare(family) });
  const draft = await mediator.call(referralEndpoints.create, {
    input: aReferral(family, { institutionId: institutionId('JELGAVA', 'socialService') }),
  });
  return mediator.call(referralEndpoints.move, { params: { id: draft.id }, input: { move: 'send' } });
}

const say = (by: Somebody, { id }: ReferralView) =>
  by.call(referralEndpoints.write, { params: { id }, input: { id: newId(), text: 'Anna zvanīja.' } });
const move = (by: Somebody, { id }: ReferralView, name: 'take' | 'accept' | 'start') =>
  by.call(referralEndpoints.move, { params: { id }, input: { move: name } });

/** Every letter about a referral, once the queue is empty. */
async function lettersAbout({ id }: ReferralView): Promise<string[]> {
  for (let left = 100; ; left -= 1) {
    const waiting = await app.owner.query<unknown[]>(
      `SELECT id FROM pgboss.job WHERE name = 'mail' AND state < 'completed'`,
    );
    if (waiting.length === 0) break;
    if (left === 0) throw new Error('The mail queue does not get empty');
    await wait(50);
  }
  const outbox = join(app.dataDir, 'outbox');
  const letters = await Promise.all(
    (await readdir(outbox).catch(() => [])).map((name) => readFile(join(outbox, name), 'utf8')),
  );
  return letters.filter((letter) => decoded(letter).includes(id));
}

function decoded(letter: string): string {
  const bytes = letter
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const kindsFor = async (who: Somebody, { id }: ReferralView): Promise<string[]> =>
  (await who.call(noticeEndpoints.list)).items
    .filter((notice) => notice.referralId === id)
    .map((notice) => notice.kind);

describe('A step of a referral', () => {
  it('is told to everybody of the institution until somebody takes it, then to that one', async () => {
    const referral = await sent();
    expect([
      await kindsFor(worker, referral),
      await kindsFor(colleague, referral),
      await kindsFor(mediator, referral),
    ]).toEqual([['sent'], ['sent'], []]);
    await move(colleague, referral, 'take');
    await say(mediator, referral);
    expect([await kindsFor(worker, referral), await kindsFor(colleague, referral)]).toEqual([
      ['sent'],
      ['message', 'sent'],
    ]);
    await move(colleague, referral, 'accept');
    expect(await kindsFor(mediator, referral)).toEqual(['accepted']);
    expect(await kindsFor(app.as.socialWorker('RIGA'), referral)).toEqual([]);
  });

  it('is read when the referral is opened', async () => {
    const referral = await sent();
    await worker.call(referralEndpoints.read, { params: { id: referral.id } });
    const { items } = await worker.call(noticeEndpoints.list, { input: { unread: true } });
    expect(items.map((notice) => notice.referralId)).not.toContain(referral.id);
  });
});

describe('The mail', () => {
  it('comes in Russian to who reads Russian', async () => {
    await colleague.call(accessEndpoints.changeMe, { input: { language: 'ru' } });
    try {
      const letter = (await lettersAbout(await sent())).find((one) => one.includes('To: second.')) ?? '';
      expect(letter).toMatch(/^Content-Language: ru\r$/m);
      expect(decoded(letter)).toContain('Вас ждет задание');
    } finally {
      await colleague.call(accessEndpoints.changeMe, { input: { language: 'en' } });
    }
  });

  it('says in one’s language that there is a task, with a link and nothing else', async () => {
    const referral = await sent();
    const letters = await lettersAbout(referral);
    expect(letters.map((letter) => /^To: (.*)\r$/m.exec(letter)?.[1]).sort()).toEqual([
      'second.social.jelgava@tilts.test',
      'social.jelgava@tilts.test',
    ]);
    const english = letters.find((letter) => letter.includes('To: second.')) ?? '';
    const latvian = letters.find((letter) => !letter.includes('To: second.')) ?? '';
    expect(english).toContain('Subject: You have a task');
    expect(latvian).toMatch(/Subject: (=\?UTF-8\?|Jums ir uzdevums)/);
    for (const letter of letters) {
      const text = decoded(letter);
      expect(text).toMatch(new RegExp(`^http://localhost:\\d+/referrals/${referral.id}$`, 'm'));
      for (const secret of [
        'Anna',
        'Bērzi',
        'Vēja',
        'Vējiņ',
        'Palīdzība ar',
        'SOC',
        'Sociāl',
        referral.number,
        'JEL-',
        'socialWorker',
      ]) {
        expect(text).not.toContain(secret);
        expect(letter).not.toContain(secret);
      }
    }
  });

  it('comes once for a referral until it was seen', async () => {
    const referral = await sent();
    const to = (letters: string[]): number => letters.filter((letter) => letter.includes('To: social.jelgava@')).length;
    await say(mediator, referral);
    await say(mediator, referral);
    expect(to(await lettersAbout(referral))).toBe(1);
    await worker.call(referralEndpoints.read, { params: { id: referral.id } });
    await say(mediator, referral);
    await say(mediator, referral);
    expect(to(await lettersAbout(referral))).toBe(2);
  });

  it('waits in the queue as an id, which comes and goes with the request', async () => {
    const referral = await sent();
    await mediator.refused(referralEndpoints.move, { params: { id: referral.id }, input: { move: 'send' } });
    await lettersAbout(referral);
    const jobs = await app.owner.query<{ data: object }[]>(`SELECT data FROM pgboss.job WHERE name = 'mail'`);
    const notices = await app.owner.query<{ id: string }[]>('SELECT id FROM notice');
    expect(jobs.map((job) => job.data)).toEqual(expect.arrayContaining(notices.map(({ id }) => ({ noticeId: id }))));
    expect(jobs).toHaveLength(notices.length);
  });
});
