import { newId, noticeEndpoints } from '@tilts/domain';
import { startTestApp, type TestApp } from '../test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** Lays a notice down as a step of a referral would. */
async function tell(accountId: string, referralId: string, at = new Date()): Promise<string> {
  const id = newId();
  await app.owner.query(
    `INSERT INTO notice (id, account_id, kind, referral_id, referral_number, at) VALUES ($1, $2, 'sent', $3, '2026-0001', $4)`,
    [id, accountId, referralId, at],
  );
  return id;
}

describe('Notices', () => {
  it('are listed newest first, paged, to their own account alone', async () => {
    const worker = app.as.socialWorker('JELGAVA');
    const ids = [];
    for (let i = 0; i < 3; i += 1) ids.unshift(await tell(await worker.id(), newId(), new Date(Date.now() + i)));
    const first = await worker.call(noticeEndpoints.list, { input: { limit: 2 } });
    const second = await worker.call(noticeEndpoints.list, { input: { limit: 2, after: first.next } });
    expect([...first.items, ...second.items].map((notice) => notice.id)).toEqual(ids);
    expect(second.next).toBeNull();
    expect(await app.as.socialWorker('RIGA').call(noticeEndpoints.list)).toEqual({ items: [], next: null });
  });

  it('are read once; somebody else’s answers like a missing one', async () => {
    const worker = app.as.socialWorker('DOBELE');
    const id = await tell(await worker.id(), newId());
    const missing = await app.as.socialWorker('RIGA').refused(noticeEndpoints.markRead, { params: { id: newId() } });
    const foreign = await app.as.socialWorker('RIGA').refused(noticeEndpoints.markRead, { params: { id } });
    expect({ ...foreign, requestId: '' }).toEqual({ ...missing, requestId: '' });
    expect((await worker.call(noticeEndpoints.list, { input: { unread: true } })).items).toHaveLength(1);
    await worker.call(noticeEndpoints.markRead, { params: { id } });
    expect((await worker.call(noticeEndpoints.list, { input: { unread: true } })).items).toEqual([]);
    expect((await worker.call(noticeEndpoints.list)).items).toMatchObject([{ id, read: true }]);
  });

  it('refuse a cursor that was not given out', async () => {
    const problem = await app.as
      .socialWorker('JELGAVA')
      .refused(noticeEndpoints.list, { input: { after: 'nonsense' } });
    expect(problem).toMatchObject({ code: 'INVALID_INPUT', fields: [{ field: 'after', code: 'malformed' }] });
  });
});
