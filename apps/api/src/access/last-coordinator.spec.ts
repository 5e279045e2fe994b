import { accountEndpoints, newId, type Problem } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { untilWaiting } from '../testing/at-once.js';
import { aChange, anInvitation } from '../testing/people.js';
import { startTestApp, type TestApp } from '../test-app.js';

const { read, invite, change, end } = accountEndpoints;

describe('the last coordinator', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await startTestApp();
  });
  afterEach(() => app.close());

  const of = (id: string): { params: { id: string } } => ({ params: { id } });
  const codeOf = async (problem: Promise<Problem>): Promise<string> => (await problem).code;

  it('cannot leave, nor become something else', async () => {
    const first = app.as.coordinator();
    const id = await first.id();
    const own = await first.call(read, of(id));
    expect(await codeOf(first.refused(end, of(id)))).toBe('LAST_COORDINATOR');
    expect(await codeOf(first.refused(change, { ...of(id), input: aChange(own, { role: 'evaluator' }) }))).toBe(
      'LAST_COORDINATOR',
    );
    // Somebody who was only invited cannot do it yet.
    await first.call(invite, { input: anInvitation({ role: 'coordinator' }) });
    expect(await codeOf(first.refused(end, of(id)))).toBe('LAST_COORDINATOR');
  });

  it('is not whoever becomes something else while another one stays; their own devices end with it', async () => {
    const [first, second] = [app.as.coordinator(), app.as.coordinator('second')];
    const [id] = await Promise.all([first.id(), second.id()]);
    const own = await first.call(read, of(id));
    const changed = await first.call(change, { ...of(id), input: aChange(own, { role: 'evaluator', name: 'Zane' }) });
    expect(changed).toEqual({ ...own, role: 'evaluator', name: 'Zane', version: own.version + 1 });
    expect(await codeOf(first.refused(read, of(id)))).toBe('SESSION_OVER');
    const seen = await second.call(read, of(id));
    expect(seen).toEqual({ ...changed, lastUsedAt: seen.lastUsedAt });
    expect(await codeOf(second.refused(end, of(await second.id())))).toBe('LAST_COORDINATOR');
  });

  it('is one of two who end each other at once', async () => {
    const [first, second] = [app.as.coordinator(), app.as.coordinator('second')];
    const [id, secondId] = await Promise.all([first.id(), second.id()]);
    const [session] = await app.owner.query<{ id: string }[]>('SELECT id FROM session WHERE account_id = $1', [id]);
    const transaction = app.nest.get(RequestTransaction);
    const context = { sessionId: session?.id ?? '', requestId: newId(), readOnly: false };
    const other = await transaction.run(context, async () => {
      await transaction.query('SELECT end_account($1)', [secondId]);
      const sent = second.refused(end, of(id));
      await untilWaiting(app.owner, 1);
      return { sent };
    });
    // Whoever waited finds that their own session is over.
    expect(await codeOf(other.sent)).toBe('SESSION_OVER');
    expect((await first.call(read, of(id))).state).toBe('active');
  });
});
