import { AsyncLocalStorage } from 'node:async_hooks';
import { newId } from '@tilts/domain';
import { Client } from 'pg';
import { Family } from '../families/family.entity.js';
import { World, type Known, type Someone } from './testing/world.js';

describe('the request transaction', () => {
  let world: World;
  let ilze: Someone;
  let dace: Someone;
  let hers: Known;

  beforeAll(async () => {
    world = await World.make({ poolSize: 2 });
    ilze = await world.someone('mediator', [world.jelgava]);
    dace = await world.someone('mediator', [world.dobele]);
    hers = await world.register(ilze, world.jelgava);
    await world.register(dace, world.dobele);
  });
  afterAll(() => world.end());

  const query = (sql: string, parameters?: unknown[]): Promise<Record<string, unknown>[]> =>
    world.transaction.query(sql, parameters);
  /** Only who is the role itself (or a superuser) may end its connections. */
  async function terminate(pid: number): Promise<void> {
    const app = new Client({ connectionString: world.database.appUrl });
    await app.connect();
    await app.query('SELECT pg_terminate_backend($1)', [pid]);
    await app.end();
  }
  const statusOfHers = async (): Promise<unknown> =>
    (await world.owner.query('SELECT status FROM family WHERE id = $1', [hers.id]))[0].status;

  it('20 interleaved callers on 2 connections never mix', async () => {
    const mediators = await Promise.all(
      Array.from({ length: 20 }, (_, i) => world.someone('mediator', [i % 2 ? world.jelgava : world.dobele])),
    );
    const own = new Map<Someone, string[]>();
    for (const [i, mediator] of mediators.entries()) {
      const family = await world.register(mediator, i % 2 ? world.jelgava : world.dobele);
      own.set(mediator, [family.id]);
    }
    const once = async (mediator: Someone, round: number): Promise<void> => {
      const work = async (): Promise<void> => {
        for (let i = 0; i < 3; i++) {
          expect((await query('SELECT id FROM family')).map(({ id }) => id)).toEqual(own.get(mediator));
          expect(await world.transaction.manager.find(Family, { select: { id: true } })).toEqual([
            { id: own.get(mediator)?.[0] },
          ]);
          expect((await query('SELECT caller() AS id')).map(({ id }) => id)).toEqual([mediator.id]);
          if (round % 3 === 0 && i === 1) throw new Error('a request that fails half-way');
        }
      };
      await (round % 2 ? mediator.read(work) : mediator.write(work)).catch((error: Error) =>
        expect(error.message).toBe('a request that fails half-way'),
      );
    };
    await Promise.all(mediators.flatMap((mediator) => [0, 1, 2, 3, 4].map((round) => once(mediator, round))));
  });

  it('leaves nothing of a session in the pool', async () => {
    await ilze.write(() => query('SELECT 1'));
    await ilze.read(() => query('SELECT 1'));
    const left = await Promise.all(
      [1, 2].map(() =>
        world.app.query(`SELECT pg_sleep(0.05), current_setting('app.session', true) AS session, current_user AS who`),
      ),
    );
    expect(left.flat()).toEqual(
      left.flat().map(() => expect.objectContaining({ session: expect.stringMatching(/^$/), who: 'tilts_app' })),
    );
    await expect(world.app.query('SELECT 1 FROM family')).rejects.toThrow('a statement without a session');
    await expect(world.app.query('SELECT 1 FROM municipality')).rejects.toThrow('a statement without a session');
  });

  it('throws before any statement when no request is running, and after it is over', async () => {
    expect(() => world.transaction.manager).toThrow('only within a request');
    await expect(query('SELECT 1')).rejects.toThrow('only within a request');
    let late: (() => Promise<unknown>) | undefined;
    await ilze.write(async () => {
      // Bound to this request, as a promise that nobody awaited would be.
      late = AsyncLocalStorage.bind(() => query('SELECT 1'));
    });
    await expect(late?.()).rejects.toThrow('is over');
  });

  it('fails when a failed statement was swallowed, and nothing of it stays', async () => {
    const swallowing = ilze.write(async () => {
      await world.transaction.manager.update(Family, { id: hers.id }, { status: 'paused' });
      await query('SELECT 1 / 0').catch(() => undefined);
      return 'acknowledged';
    });
    await expect(swallowing).rejects.toThrow('COMMIT was answered with ROLLBACK');
    expect(await statusOfHers()).toBe('active');
  });

  it('planted: without the check the lost row would be acknowledged', async () => {
    const runner = world.app.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 / 0').catch(() => undefined);
    await expect(runner.commitTransaction()).resolves.toBeUndefined();
    await runner.release();
  });

  it('an inner transaction is a savepoint of the outer one', async () => {
    await ilze.write(async () => {
      await world.transaction.manager
        .transaction(async (inner) => {
          await inner.update(Family, { id: hers.id }, { status: 'paused' });
          throw new Error('undone');
        })
        .catch(() => undefined);
      await world.transaction.manager.update(Family, { id: hers.id }, { closeReason: 'other' });
      expect(await query('SELECT id FROM family')).toHaveLength(1);
    });
    expect(await world.owner.query('SELECT status, close_reason FROM family WHERE id = $1', [hers.id])).toEqual([
      { status: 'active', close_reason: 'other' },
    ]);
  });

  it('a read may write nothing but its audit row', async () => {
    await expect(
      ilze.read(() => world.transaction.manager.update(Family, { id: hers.id }, { status: 'paused' })),
    ).rejects.toMatchObject({ driverError: { code: '42501' } });
    await expect(ilze.read(() => query(`SELECT audit_write('r', 'o', '{}')`))).rejects.toMatchObject({ code: '42501' });
    const request = newId();
    await ilze.read(() => query(`SELECT audit_read($1, 'GET /families', $2)`, [request, [hers.id]]));
    expect(
      await world.owner.query('SELECT account_id, role, kind, subject_ids FROM audit_event WHERE request_id = $1', [
        request,
      ]),
    ).toEqual([{ account_id: ilze.id, role: 'mediator', kind: 'read', subject_ids: [hers.id] }]);
    await expect(ilze.write(() => query('SELECT 1 FROM audit_event'))).rejects.toMatchObject({ code: '42501' });
    await expect(ilze.write(() => query('DELETE FROM audit_event'))).rejects.toMatchObject({ code: '42501' });
  });

  it('without its audit row the write is gone too', async () => {
    const request = newId();
    await world.owner.query(
      `CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no room'; END $$`,
    );
    await world.owner.query(
      'CREATE TRIGGER no_room BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION no_room()',
    );
    try {
      const audited = ilze.write(async () => {
        await world.transaction.manager.update(Family, { id: hers.id }, { status: 'paused' });
        await query(`SELECT audit_write($1, 'PUT /families/{id}', $2)`, [request, [hers.id]]);
      });
      await expect(audited).rejects.toThrow('no room');
    } finally {
      await world.owner.query('DROP TRIGGER no_room ON audit_event');
      await world.owner.query('DROP FUNCTION no_room');
    }
    expect(await statusOfHers()).toBe('active');
    expect(await world.owner.query('SELECT 1 FROM audit_event WHERE request_id = $1', [request])).toEqual([]);
  });

  it('says so when the session ended, expired or never was', async () => {
    const over = { code: 'SESSION_OVER' };
    const someone = await world.someone('mediator', [world.jelgava]);
    await someone.read(() => query('SELECT 1'));
    await world.owner.query('UPDATE session SET ended_at = now() WHERE id = $1', [someone.sessionId]);
    await expect(someone.read(() => query('SELECT 1'))).rejects.toMatchObject(over);
    await world.owner.query(
      `UPDATE session SET ended_at = NULL, expires_at = now() - interval '1 second' WHERE id = $1`,
      [someone.sessionId],
    );
    await expect(someone.read(() => query('SELECT 1'))).rejects.toMatchObject(over);
    const never = { sessionId: newId(), requestId: newId(), readOnly: true };
    await expect(world.transaction.run(never, () => query('SELECT 1'))).rejects.toMatchObject(over);
  });

  it('says that the database is away when its connection broke, and goes on with another one', async () => {
    const broken = ilze.write(async () => {
      const [own] = await query('SELECT pg_backend_pid() AS pid');
      await terminate(Number(own?.['pid']));
      await query('SELECT 1');
    });
    await expect(broken).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await ilze.read(() => query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('runs what comes after only when it was committed', async () => {
    const said: string[] = [];
    const failing = ilze.write(async () => {
      world.transaction.afterCommit(() => void said.push('failed'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await ilze.write(async () => world.transaction.afterCommit(() => void said.push('committed')));
    expect(said).toEqual(['committed']);
  });

  it('gives days as days, moments as ISO 8601 and counts as numbers', async () => {
    const rows = await ilze.sees(
      `SELECT date '2018-03-25' AS day, timestamptz '2018-03-25 01:00+00' AS moment, timestamptz '2018-03-25 01:00:00.14+00' AS short, count(*) AS count FROM family`,
    );
    expect(rows).toEqual([
      { day: '2018-03-25', moment: '2018-03-25T01:00:00.000Z', short: '2018-03-25T01:00:00.140Z', count: 1 },
    ]);
    const [family] = await ilze.read(() => world.transaction.manager.find(Family));
    expect(family?.openedOn).toBe(world.clock.today());
  });
});
