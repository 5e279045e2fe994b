import { draftEndpoints, newId } from '@tilts/domain';
import { startTestApp, type TestApp } from '../test-app.js';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const content = '{"note":"  Anna teica: „rīt”  ","minutes":null}';

describe('A draft', () => {
  it('is kept exactly as typed, and the newest typing wins', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const id = newId();
    await mediator.call(draftEndpoints.save, {
      params: { id },
      input: { kind: 'visit', familyId: null, content: '{}' },
    });
    const saved = await mediator.call(draftEndpoints.save, {
      params: { id },
      input: { kind: 'visit', familyId: newId(), content },
    });
    expect(saved.content).toBe(content);
    expect(await mediator.call(draftEndpoints.read, { params: { id } })).toEqual(saved);
    expect((await mediator.call(draftEndpoints.list)).items).toEqual([saved]);
    await mediator.call(draftEndpoints.discard, { params: { id } });
    await mediator.call(draftEndpoints.discard, { params: { id } });
    expect((await mediator.call(draftEndpoints.list)).items).toEqual([]);
  });

  it('is saved once when two savings meet', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const id = newId();
    await Promise.all(
      ['{"a":1}', '{"a":2}'].map((typed) =>
        mediator.call(draftEndpoints.save, { params: { id }, input: { kind: 'visit', content: typed } }),
      ),
    );
    expect((await mediator.call(draftEndpoints.list)).items).toHaveLength(1);
    await mediator.call(draftEndpoints.discard, { params: { id } });
  });

  it('is its author’s alone: to others it does not exist, and they cannot take its id', async () => {
    const id = newId();
    await app.as
      .mediator('JELGAVA')
      .call(draftEndpoints.save, { params: { id }, input: { kind: 'referral', content } });
    for (const other of [app.as.mediator('JELGAVA', 'second'), app.as.socialWorker('JELGAVA')]) {
      const missing = await other.refused(draftEndpoints.read, { params: { id: newId() } });
      expect({
        ...(await other.refused(draftEndpoints.read, { params: { id } })),
        requestId: missing.requestId,
      }).toEqual(missing);
      const taking = await other.refused(draftEndpoints.save, {
        params: { id },
        input: { kind: 'visit', content: '{}' },
      });
      expect({ ...taking, requestId: missing.requestId }).toEqual(missing);
      await other.call(draftEndpoints.discard, { params: { id } });
      expect((await other.call(draftEndpoints.list)).items).toEqual([]);
    }
    expect((await app.as.mediator('JELGAVA').call(draftEndpoints.read, { params: { id } })).content).toBe(content);
  });

  it('leaves no readable word in the database', async () => {
    const id = newId();
    await app.as.mediator('JELGAVA').call(draftEndpoints.save, { params: { id }, input: { kind: 'visit', content } });
    const [row] = await app.owner.query<{ text: string }[]>('SELECT d::text AS text FROM draft d WHERE id = $1', [id]);
    expect(row?.text).not.toContain(Buffer.from('Anna teica').toString('hex'));
  });
});
