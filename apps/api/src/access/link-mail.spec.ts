import { accessEndpoints, accountEndpoints, linkEndpoints } from '@tilts/domain';
import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { startMailServer, type MailServer } from '../testing/mail-server.js';
import { anInvitation, join, tokenOf } from '../testing/people.js';
import { startTestApp, type TestApp } from '../test-app.js';

const { invite, resetPassword } = accountEndpoints;
const { look, use } = linkEndpoints;
const { signIn } = accessEndpoints;

describe('the mail of a link', () => {
  let server: MailServer;
  let app: TestApp | undefined;
  beforeEach(async () => {
    server = await startMailServer();
  });
  afterEach(async () => {
    await app?.close();
    await server.close();
  });

  async function letter(): Promise<string> {
    for (let left = 100; server.letters.length === 0 && left > 0; left -= 1) await wait(20);
    return (server.letters[0] ?? '').replace(/=\n/g, '');
  }

  it('goes out when it is asked for, after the invitation is kept, and lies in no folder', async () => {
    app = await startTestApp({ settings: { SMTP_URL: server.url } });
    const coordinator = app.as.coordinator();
    const quiet = await coordinator.call(invite, { input: anInvitation() });
    const wanted = anInvitation({ byMail: true });
    const { link } = await coordinator.call(invite, { input: wanted });
    expect([quiet.link.mailed, link.mailed]).toEqual([false, true]);
    expect(await letter()).toContain(wanted.email);
    expect(await letter()).toContain(tokenOf(link.url));
    expect(server.letters).toHaveLength(1);
    expect((await app.as.nobody().call(look, { input: { token: tokenOf(link.url) } })).email).toBe(wanted.email);
    expect(await readdir(app.dataDir)).toEqual([]);
  });

  it('tells somebody that a link set their password, and nothing of the link', async () => {
    app = await startTestApp({ settings: { SMTP_URL: server.url } });
    const coordinator = app.as.coordinator();
    const {
      account: { id, email },
    } = await join(app, anInvitation());
    expect(server.letters).toHaveLength(0);
    const { url } = await coordinator.call(resetPassword, { params: { id }, input: {} });
    const token = tokenOf(url);
    await app.as.nobody().call(use, { input: { token, password: 'another password for tests' } });
    expect(await letter()).toContain(`To: ${email}`);
    expect(await letter()).toContain('Subject: =?UTF-8?Q?J=C5=ABsu_Tilta_parole');
    for (const secret of [token, '/link']) expect(await letter()).not.toContain(secret);
    // And at the next sign-in, for two weeks.
    const me = async (): Promise<string | null> => {
      const input = { email, password: 'another password for tests' };
      return (await app?.as.nobody().call(signIn, { input }))?.me.passwordResetAt ?? null;
    };
    expect(Date.now() - Date.parse((await me()) ?? '')).toBeLessThan(60_000);
    await app.owner.query(`UPDATE one_time_link SET used_at = now() - interval '15 days' WHERE account_id = $1`, [id]);
    expect(await me()).toBeNull();
  });

  it('is not sent where Tilts cannot mail, and a letter that cannot be sent spoils no invitation', async () => {
    app = await startTestApp();
    const none = await app.as.coordinator().call(invite, { input: anInvitation({ byMail: true }) });
    expect(none.link.mailed).toBe(false);
    await app.close();
    await server.close();
    const log: string[] = [];
    app = await startTestApp({ settings: { SMTP_URL: server.url }, log: { write: (line) => void log.push(line) } });
    const input = anInvitation({ byMail: true });
    const { link } = await app.as.coordinator().call(invite, { input });
    expect((await app.as.nobody().call(look, { input: { token: tokenOf(link.url) } })).email).toBe(input.email);
    // The failure is told, and not whose it was.
    expect(log.join()).toContain('"level":50');
    for (const secret of [input.email, input.name, tokenOf(link.url)]) expect(log.join()).not.toContain(secret);
    server = await startMailServer();
  });
});
