import { accessEndpoints, installationEndpoints, type FirstCoordinator } from '@tilts/domain';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../test-app.js';
import { ControllerUnnamed, keepControllerName } from './controller-name.js';
import { firstCoordinatorToken } from './first-coordinator.js';

const { firstCoordinator, lookFirstCoordinator, read, nameController, finishSetUp } = installationEndpoints;

interface Kept {
  controller: string | null;
  names: string[];
}

describe('the first coordinator', () => {
  let app: TestApp;
  let input: FirstCoordinator;
  beforeEach(async () => {
    app = await startTestApp();
    input = {
      token: firstCoordinatorToken(app.secrets, new Date()),
      name: 'Inga Liepa',
      email: 'inga.liepa@tilts.test',
      password: TEST_PASSWORD,
      controllerName: 'Parauga pašvaldība',
    };
  });
  afterEach(() => app.close());

  const kept = async (): Promise<Kept> => {
    const [row] = await app.owner.query<{ controller: string | null }[]>(
      'SELECT controller_name AS controller FROM installation',
    );
    const names = await app.owner.query<{ name: string }[]>('SELECT name FROM controller_naming ORDER BY since, id');
    return { controller: row?.controller ?? null, names: names.map(({ name }) => name) };
  };

  it('comes by a link of this installation, once, and only while nobody has an account', async () => {
    const stranger = await startTestApp();
    const nobody = app.as.nobody();
    const old = firstCoordinatorToken(app.secrets, new Date(Date.now() - 86_400_001));
    const foreign = firstCoordinatorToken(stranger.secrets, new Date());
    await stranger.close();
    for (const wrong of [old, '-', 'x', input.token.replace(/^\d/, '9'), foreign]) {
      expect((await nobody.refused(firstCoordinator, { input: { ...input, token: wrong } })).code).toBe('NOT_FOUND');
      expect((await nobody.refused(lookFirstCoordinator, { input: { token: wrong } })).code).toBe('NOT_FOUND');
    }
    expect(await nobody.call(lookFirstCoordinator, { input: { token: input.token } })).toEqual({
      controllerName: null,
    });
    const answers = await Promise.all([
      nobody.send(firstCoordinator, { input }),
      nobody.send(firstCoordinator, { input: { ...input, email: 'other@tilts.test' } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect((await nobody.refused(firstCoordinator, { input })).code).toBe('NOT_FOUND');
    // Afterwards the link tells nothing either, not even to who holds it.
    expect((await nobody.refused(lookFirstCoordinator, { input: { token: input.token } })).code).toBe('NOT_FOUND');
    const made = await app.owner.query<{ role: string; joined: boolean }[]>(
      'SELECT role, joined_at IS NOT NULL AS joined FROM account',
    );
    expect(made).toEqual([{ role: 'coordinator', joined: true }]);
    expect(await kept()).toEqual({ controller: 'Parauga pašvaldība', names: ['Parauga pašvaldība'] });
  });

  it('names the controller, since nobody else does', async () => {
    for (const controllerName of [null, ' '])
      expect((await app.as.nobody().refused(firstCoordinator, { input: { ...input, controllerName } })).fields).toEqual(
        [{ field: 'controllerName', code: 'required' }],
      );
    await app.as.nobody().call(firstCoordinator, { input });
    expect((await app.as.mediator('JELGAVA').call(accessEndpoints.me)).controller).toBe('Parauga pašvaldība');
  });

  it('is not asked for it when the surroundings name it, and cannot outrank them', async () => {
    const named = await startTestApp({ settings: { CONTROLLER_NAME: 'Kultūras ministrija' } });
    try {
      const token = firstCoordinatorToken(named.secrets, new Date());
      const nobody = named.as.nobody();
      expect(await nobody.call(lookFirstCoordinator, { input: { token } })).toEqual({
        controllerName: 'Kultūras ministrija',
      });
      await nobody.call(firstCoordinator, { input: { ...input, token } });
      expect((await named.as.mediator('JELGAVA').call(accessEndpoints.me)).controller).toBe('Kultūras ministrija');
      expect(await named.owner.query('SELECT name FROM controller_naming')).toEqual([]);
      expect(await named.as.coordinator().call(read)).toMatchObject({
        controllerName: 'Kultūras ministrija',
        controllerNamedByServer: true,
      });
    } finally {
      await named.close();
    }
  });

  it('finds out what the set-up still misses, and puts it aside', async () => {
    const coordinator = app.as.coordinator();
    const before = await coordinator.call(read);
    expect(before).toMatchObject({ controllerName: null, controllerNames: [], setUpAt: null, canMail: false });
    expect(before.missing).toContain('mediator');
    expect(before.missing).not.toContain('project');
    await app.as.mediator('JELGAVA').id();
    expect((await coordinator.call(read)).missing).not.toContain('mediator');
    const done = await coordinator.call(finishSetUp);
    expect(done.setUpAt).not.toBeNull();
    expect((await coordinator.call(finishSetUp)).setUpAt).toBe(done.setUpAt);
  });

  it('may name the controller anew; every name stays with its day', async () => {
    const coordinator = app.as.coordinator();
    await coordinator.call(nameController, { input: { name: 'Vecais nosaukums' } });
    await coordinator.call(nameController, { input: { name: 'Jaunais nosaukums' } });
    const { controllerName, controllerNames } = await coordinator.call(nameController, {
      input: { name: 'Jaunais nosaukums' },
    });
    expect(controllerName).toBe('Jaunais nosaukums');
    expect(controllerNames.map(({ name }) => name)).toEqual(['Jaunais nosaukums', 'Vecais nosaukums']);
    expect((await app.as.mediator('JELGAVA').call(accessEndpoints.me)).controller).toBe('Jaunais nosaukums');
    for (const somebody of [app.as.mediator('JELGAVA'), app.as.socialWorker('JELGAVA'), app.as.evaluator()])
      expect((await somebody.refused(nameController, { input: { name: 'Cits' } })).code).toBe('NOT_FOUND');
  });

  describe('at a start', () => {
    const start = (controllerName: string | undefined, peopleHaveAccounts: boolean, production = true): Promise<void> =>
      keepControllerName(app.owner, { controllerName, production }, { peopleHaveAccounts });

    it('a name from the surroundings is kept with its day, once', async () => {
      await Promise.all([start('Viens', true), start('Viens', true)]);
      expect(await kept()).toEqual({ controller: 'Viens', names: ['Viens'] });
      await start('Divi', true);
      expect(await kept()).toEqual({ controller: 'Divi', names: ['Viens', 'Divi'] });
      // The surroundings forgot it: families are still told the name that they know.
      await start(undefined, true);
      expect(await kept()).toEqual({ controller: 'Divi', names: ['Viens', 'Divi'] });
    });

    it('without any name: an empty installation waits for its first coordinator, one with people does not start', async () => {
      await start(undefined, false);
      await start(undefined, true, false);
      await expect(start(undefined, true)).rejects.toThrow(ControllerUnnamed);
    });
  });
});
