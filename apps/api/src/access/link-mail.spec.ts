import { accountEndpoints, linkEndpoints } from '@tilts/domain';
import { readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { startMailServer, type MailServer } from '../testing/mail-server.js';
import { anInvitation, tokenOf } from '../testing/people.js';
import { startTestApp, type TestApp } from '../test-app.js';

const { invite } = accountEndpoints;
const { look } = linkEndpoints;

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
