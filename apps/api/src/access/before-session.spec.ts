import { startTestApp, type TestApp } from '../test-app.js';
import { FUNCTIONS_BEFORE_A_SESSION } from './before-session.js';

describe('before a session', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('only the listed functions look past row security', async () => {
    const found = await app.owner.query<
      { name: string; owner: string; definer: boolean; config: string[]; everybody: boolean }[]
    >(
      `SELECT proname AS name, proowner::regrole::text AS owner, prosecdef AS definer, proconfig AS config,
              has_function_privilege('public', oid, 'EXECUTE') AS everybody
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'access\\_%' ORDER BY proname`,
    );
    expect(found.map(({ name }) => name)).toEqual([...FUNCTIONS_BEFORE_A_SESSION].sort());
    for (const { owner, definer, config, everybody } of found)
      expect({ owner, definer, everybody, path: config.join() }).toEqual({
        owner: 'tilts_resolver',
        definer: true,
        everybody: false,
        path: 'search_path=pg_catalog, public, pg_temp',
      });
  });

  it('no statement of a feature can make a session: its login may not call them', async () => {
    const found = await app.owner.query<{ app: boolean; read: boolean; door: boolean }[]>(
      `SELECT has_function_privilege('tilts_app', oid, 'EXECUTE') AS app, has_function_privilege('tilts_read', oid, 'EXECUTE') AS read,
              has_function_privilege('tilts_door', oid, 'EXECUTE') AS door
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'access\\_%'`,
    );
    expect(found).toEqual(FUNCTIONS_BEFORE_A_SESSION.map(() => ({ app: false, read: false, door: true })));
  });

  it('the door reaches no table', async () => {
    const found = await app.owner.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND has_table_privilege('tilts_door', oid, 'SELECT, INSERT, UPDATE, DELETE')`,
    );
    expect(found).toEqual([]);
  });

  it.each(['credential', 'refresh_token', 'sign_in_delay', 'audit_event', 'key_check'])(
    '%s is closed to the login of the API',
    async (table) => {
      const [may] = await app.owner.query<Record<string, boolean>[]>(
        `SELECT has_table_privilege('tilts_app', '${table}', 'SELECT') AS "select", has_table_privilege('tilts_app', '${table}', 'INSERT') AS "insert",
              has_table_privilege('tilts_app', '${table}', 'UPDATE') AS "update", has_table_privilege('tilts_app', '${table}', 'DELETE') AS "delete"`,
      );
      expect(may).toEqual({ select: false, insert: false, update: false, delete: false });
    },
  );
});
