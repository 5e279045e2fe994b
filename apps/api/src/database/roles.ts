import { Client } from 'pg';
import { withLogin } from './data-source.js';
import { doorPasswordOf } from './door.js';

/** Roles belong to the server, not to one database: two databases may be migrated at once, and both make them. */
const MADE_MEANWHILE = ['42710', '23505', 'XX000'];

const make = (role: string, attributes: string): string => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${role}') THEN CREATE ROLE ${role} ${attributes}; END IF;
  END $$`;

/** `member` may become `role`, and has nothing of it before. */
const mayBecome = (member: string, role: string): string => `
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_auth_members WHERE roleid = '${role}'::regrole AND member = ${member}::regrole AND set_option) THEN
      EXECUTE format('GRANT ${role} TO %I WITH INHERIT FALSE, SET TRUE', ${member});
    END IF;
  END $$`;

/**
 * The roles below the owner. An owner with CREATEROLE suffices, no superuser: `tilts_app` logs in and owns nothing, `tilts_read`
 * is what it becomes for a GET, `tilts_mail` for mail; `tilts_door` logs in for those who have no session yet (door.ts), and
 * `tilts_resolver` owns the functions that look past their caller.
 */
export async function makeRoles(owner: Client, ownerUrl: string, appPassword: string): Promise<void> {
  const logins = { tilts_app: appPassword, tilts_door: doorPasswordOf(appPassword) };
  for (const role of Object.keys(logins)) await again(owner, make(role, 'LOGIN'));
  for (const role of ['tilts_read', 'tilts_mail', 'tilts_resolver']) await again(owner, make(role, 'NOLOGIN'));
  for (const role of ['tilts_read', 'tilts_mail']) await again(owner, mayBecome(`'tilts_app'`, role));
  await again(owner, mayBecome('current_user', 'tilts_resolver'));
  for (const [role, password] of Object.entries(logins)) {
    if (await canLogIn(withLogin(ownerUrl, role, password))) continue;
    await again(owner, `ALTER ROLE ${role} PASSWORD ${owner.escapeLiteral(password)}`);
  }
}

async function again(owner: Client, sql: string, tries = 5): Promise<void> {
  try {
    await owner.query(sql);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (tries <= 1 || !MADE_MEANWHILE.includes(code)) throw error;
    await again(owner, sql, tries - 1);
  }
}

/** Setting a password anew each time would make two starts at once fight for the role's row. */
async function canLogIn(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
