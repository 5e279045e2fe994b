import { addDays, newId } from '@tilts/domain';
import { Notice } from '../notices/notice.entity.js';
import { World, type Known, type Someone } from './testing/world.js';

/** Where municipality, session and seal meet (ARCHITECTURE.md): decided here before any feature was built. */
describe('the five collisions', () => {
  let world: World;
  let ilze: Someone;
  let anna: Someone;
  let dace: Someone;
  let evaluator: Someone;
  let coordinator: Someone;

  beforeEach(async () => {
    world = await World.make();
    ilze = await world.someone('mediator', [world.jelgava]);
    anna = await world.someone('mediator', [world.jelgava]);
    dace = await world.someone('mediator', [world.dobele]);
    evaluator = await world.someone('evaluator');
    coordinator = await world.someone('coordinator');
  });
  afterEach(() => world.end());

  const families = async (someone: Someone): Promise<unknown[]> =>
    (await someone.sees('SELECT id FROM family ORDER BY id')).map(({ id }) => id);
  const rule = (sql: string, parameters: unknown[]): Promise<unknown> => world.owner.query(sql, parameters);
  const reached = (section: string): Promise<Record<string, number>> =>
    world.figures(evaluator, section, 'familiesReached');
  const assisted = (section: string): Promise<Record<string, number>> =>
    world.figures(evaluator, section, 'personsAssisted');

  describe('1. a family moves to another municipality', () => {
    let old: Known;
    let moved: Known;
    let noteRow: string;

    beforeEach(async () => {
      old = await world.register(ilze, world.jelgava);
      noteRow = await world.visit(ilze, old, { note: 'Vecā piezīme' });
      moved = await world.register(dace, world.dobele);
      await world.visit(dace, moved);
      const move = 'SELECT move_family($1, $2, $3, $4, $5::uuid[], $6)';
      await rule(move, [
        old.municipalityId,
        old.id,
        moved.municipalityId,
        moved.id,
        [[old.personId, moved.personId]],
        world.clock.today(),
      ]);
    });

    it('is closed there and open here', async () => {
      expect(await ilze.sees('SELECT status, close_reason FROM family')).toEqual([
        { status: 'closed', close_reason: 'moved' },
      ]);
      expect(await dace.sees('SELECT status, close_reason FROM family')).toEqual([
        { status: 'active', close_reason: null },
      ]);
    });

    it('counts once nationally and once in each city, its person too', async () => {
      expect(await reached('total')).toEqual({ '': 1 });
      expect(await reached('municipality')).toEqual({ [world.jelgava]: 1, [world.dobele]: 1 });
      expect(await assisted('total')).toEqual({ '': 1 });
      expect(await assisted('municipality')).toEqual({ [world.jelgava]: 1, [world.dobele]: 1 });
    });

    it('leaves its old notes behind: the new mediator sees no row, and a copied seal does not open', async () => {
      expect(await families(dace)).toEqual([moved.id]);
      expect(await dace.sees('SELECT id FROM visit WHERE id = $1', [noteRow])).toEqual([]);
      const [note] = await ilze.sees<{ sealed: Buffer }>('SELECT sealed FROM visit WHERE id = $1', [noteRow]);
      const sealed = note?.sealed ?? Buffer.alloc(0);
      expect(() =>
        world.seals.unseal({ table: 'visit', id: noteRow, tenant: world.dobele }, moved.salt, sealed),
      ).toThrow();
      expect(() =>
        world.seals.unseal({ table: 'visit', id: noteRow, tenant: world.dobele }, old.salt, sealed),
      ).toThrow();
    });

    it('takes a note along when the family agrees: sealed anew under the new keys', async () => {
      const [note] = await ilze.sees<{ sealed: Buffer }>('SELECT sealed FROM visit WHERE id = $1', [noteRow]);
      const from = { table: 'visit', id: noteRow, tenant: world.jelgava };
      const to = { table: 'visit', id: newId(), tenant: world.dobele };
      const again = world.seals.reseal(from, old.salt, note?.sealed ?? Buffer.alloc(0), to, moved.salt);
      expect(world.seals.unseal(to, moved.salt, again)).toEqual({ note: 'Vecā piezīme' });
    });

    it('cannot be taken over by registering its id elsewhere', async () => {
      await expect(world.register(dace, world.dobele, 'Cits', { id: old.id })).rejects.toMatchObject({
        driverError: { code: '23505' },
      });
      expect(await families(dace)).toEqual([moved.id]);
    });
  });

  describe('2. a family is handed over or covered', () => {
    let family: Known;
    const today = (): string => world.clock.today();
    const handOver = (on: string): Promise<unknown> =>
      coordinator.write(() =>
        world.transaction.query('SELECT outcome FROM hand_over($1, $2, $3, $4, NULL)', [
          ilze.id,
          family.municipalityId,
          anna.id,
          on,
        ]),
      );

    beforeEach(async () => {
      family = await world.register(ilze, world.jelgava);
      await world.visit(ilze, family);
    });

    it('the old mediator loses it at once, the new one has it whole', async () => {
      await handOver(today());
      expect(await families(ilze)).toEqual([]);
      expect(await ilze.sees('SELECT id FROM visit')).toEqual([]);
      expect(await ilze.sees('SELECT family_id FROM family_salt')).toEqual([]);
      expect(await families(anna)).toEqual([family.id]);
      expect(await anna.sees('SELECT id FROM visit')).toHaveLength(1);
      await expect(world.visit(ilze, family)).rejects.toMatchObject({ driverError: { code: '42501' } });
      await world.visit(anna, family);
    });

    it('a hand-over in the future changes nothing before its day', async () => {
      await handOver(addDays(today(), 7));
      expect(await families(ilze)).toEqual([family.id]);
      expect(await families(anna)).toEqual([]);
    });

    it.each([
      ['today', 0, 0, true],
      ['since yesterday', -1, 3, true],
      ['until yesterday', -5, -1, false],
      ['from tomorrow', 1, 3, false],
    ])('cover %s', async (_words, from, to, has) => {
      await rule('SELECT cover($1, $2, $3, $4, $5)', [
        family.municipalityId,
        family.id,
        anna.id,
        addDays(today(), from),
        addDays(today(), to),
      ]);
      expect(await families(anna)).toEqual(has ? [family.id] : []);
      expect(await families(ilze)).toEqual([family.id]);
    });
  });

  describe('3. two records are merged', () => {
    it('both ids stay, they count once, and the second is closed', async () => {
      const [kept, second] = [await world.register(ilze, world.jelgava), await world.register(anna, world.jelgava)];
      await world.visit(ilze, kept);
      await world.visit(anna, second);
      expect([await reached('total'), await assisted('total')]).toEqual([{ '': 2 }, { '': 2 }]);
      await rule('SELECT merge_families($1, $2, $3, $4)', [world.jelgava, kept.id, second.id, world.clock.today()]);
      await rule('SELECT merge_persons($1, $2, $3)', [world.jelgava, kept.personId, second.personId]);
      expect([await reached('total'), await assisted('total')]).toEqual([{ '': 1 }, { '': 1 }]);
      expect(await reached('municipality')).toEqual({ [world.jelgava]: 1 });
      expect(await ilze.sees('SELECT id, status FROM family')).toEqual([{ id: kept.id, status: 'active' }]);
      expect(await anna.sees('SELECT id, status FROM family')).toEqual([{ id: second.id, status: 'closed' }]);
    });

    it('is no operation: the API may not do it', async () => {
      const merge = ilze.write(() =>
        world.transaction.query('SELECT merge_families($1, $1, $1, $2)', [world.jelgava, world.clock.today()]),
      );
      await expect(merge).rejects.toMatchObject({ code: '42501' });
    });
  });

  describe('4. a report counts what its reader may not see', () => {
    it('gives counts to an evaluator who sees no row, and nothing to anybody else', async () => {
      await world.visit(ilze, await world.register(ilze, world.jelgava));
      await world.visit(dace, await world.register(dace, world.dobele));
      expect(await reached('total')).toEqual({ '': 2 });
      for (const table of ['family', 'person', 'visit', 'assistance', 'consent', 'family_salt', 'referral']) {
        expect(await evaluator.sees(`SELECT 1 AS row FROM ${table}`)).toEqual([]);
      }
      await expect(evaluator.sees('SELECT identity FROM family_identity')).rejects.toMatchObject({ code: '42501' });
      await expect(world.figures(ilze, 'total', 'familiesReached')).rejects.toMatchObject({ code: '42501' });
    });
  });

  describe('5. a background job has no session', () => {
    it('runs as the mail service: unread notices and whom they are for, no family', async () => {
      const worker = await world.someone('socialWorker');
      await world.refer(ilze, await world.register(ilze, world.jelgava));
      const told = (readAt: string | null): object => ({
        id: newId(),
        accountId: worker.id,
        kind: 'sent',
        referralId: newId(),
        referralNumber: '2026-0001',
        at: world.clock.now().toISOString(),
        readAt,
      });
      await world.owner.manager.insert(Notice, [told(null), told(world.clock.now().toISOString())]);

      const asMail = <T extends object>(sql: string): Promise<T[]> =>
        world.transaction.run({ service: 'mail' }, () => world.transaction.query<T>(sql));
      expect(await asMail('SELECT account_id FROM notice')).toEqual([{ account_id: worker.id }]);
      expect(await asMail('SELECT id FROM account')).toEqual([{ id: worker.id }]);
      for (const table of ['family', 'person', 'referral', 'family_salt', 'session', 'credential']) {
        await expect(asMail(`SELECT 1 FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
      }
      await expect(asMail('UPDATE notice SET read_at = now()')).rejects.toMatchObject({ code: '42501' });
    });
  });
});
