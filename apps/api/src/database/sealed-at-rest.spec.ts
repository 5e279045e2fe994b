import { Client } from 'pg';
import { World } from './testing/world.js';
import { findInEveryColumn } from './testing/find-in-every-column.js';

/** What a superuser, a backup or the files surrender: no name, no note. */
describe('sealed at rest', () => {
  const words = ['Izdomātie', 'Vienreizēja piezīme', 'Izdomāta Persona', 'Lūdzu palīdzēt'];
  let world: World;
  let superuser: Client;

  beforeAll(async () => {
    world = await World.make();
    const ilze = await world.someone('mediator', [world.jelgava]);
    await world.someone('socialWorker');
    const family = await world.register(ilze, world.jelgava, 'Izdomātie');
    await world.visit(ilze, family, { note: 'Vienreizēja piezīme' });
    await world.refer(ilze, family);
    // On a server that was given there is no superuser's login: the owner sees every row too.
    superuser = new Client({ connectionString: world.database.superuserUrl ?? world.database.ownerUrl });
    await superuser.connect();
  });
  afterAll(async () => {
    await superuser.end();
    await world.end();
  });

  it('tells no name and no note in any column, as text or as hex', async () => {
    expect(await findInEveryColumn(superuser, words)).toEqual([]);
  });

  it('planted: finds a name in a plain column, in bytes, and in another writing', async () => {
    await superuser.query(`UPDATE family SET code = 'JEL izdomātie'`);
    await superuser.query(`UPDATE account SET salt = convert_to('Izdomāta Persona', 'UTF8')`);
    await superuser.query('UPDATE session SET device = $1', ['Lūdzu palīdzēt'.normalize('NFD')]);
    expect(await findInEveryColumn(superuser, words)).toEqual([
      { table: 'public.account', column: 'salt', word: 'Izdomāta Persona' },
      { table: 'public.family', column: 'code', word: 'Izdomātie' },
      { table: 'public.session', column: 'device', word: 'Lūdzu palīdzēt' },
    ]);
  });
});
