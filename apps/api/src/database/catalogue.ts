import type { Client } from 'pg';

/** Tables that belong to no municipality. Every other one carries it in its primary key, its uniques and its references. */
export const globalTables = [
  'municipality',
  'municipality_period',
  'institution',
  'service',
  'working_day_exception',
  'reference_set',
  'code_wording',
  'account',
  'credential',
  'session',
  'refresh_token',
  'sign_in_delay',
  'second_factor',
  'recovery_code',
  'sign_in_ticket',
  'passkey_challenge',
  'one_time_link',
  'installation',
  'controller_naming',
  'project',
  'assignment',
  'draft',
  'family_import',
  'family_import_part',
  'notice',
  'device',
  'receipt',
  'rescued_work',
  'audit_event',
  'key_check',
];

/** Roles that the API becomes; none of them may own anything or step over row security. */
const appRoles = ['tilts_app', 'tilts_read', 'tilts_mail', 'tilts_door'];

const ours = `t.relnamespace = 'public'::regnamespace AND t.relkind IN ('r', 'p') AND t.relname <> 'migration'`;
const tables = `pg_class t WHERE ${ours}`;
/** Joins the tables to what belongs to them. */
const of = (table: string): string => `pg_class t ON t.oid = ${table} WHERE ${ours}`;

const listOf = (names: readonly string[]): string => `'{${names.join(',')}}'::name[]`;
const globals = listOf(globalTables);
const roles = listOf(appRoles);

/** Each rule is a question for the catalogue; what it finds is a violation. */
const rules: Record<string, string> = {
  'has no forced row security': `SELECT relname AS what FROM ${tables} AND NOT (relrowsecurity AND relforcerowsecurity)`,
  'has no policy beside those of owner and functions, and is granted': `
    SELECT relname AS what FROM ${tables} AND EXISTS (SELECT FROM aclexplode(t.relacl) a JOIN pg_roles r ON r.oid = a.grantee WHERE r.rolname = ANY (${roles}))
      AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname NOT IN ('owner', 'functions'))`,
  'is a policy for everybody instead of named roles': `SELECT polrelid::regclass || '.' || polname AS what FROM pg_policy WHERE 0 = ANY (polroles)`,
  'is unique without the municipality': `
    SELECT i.indexrelid::regclass::text AS what FROM pg_index i JOIN ${of('i.indrelid')} AND i.indisunique
      AND t.relname <> ALL (${globals}) AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = ANY (i.indkey) AND attname = 'municipality_id')`,
  'refers to a row of another municipality': `
    SELECT c.conname AS what FROM pg_constraint c JOIN ${of('c.conrelid')} AND c.contype = 'f'
      AND (SELECT relname FROM pg_class WHERE oid = c.confrelid) <> ALL (${globals})
      AND NOT EXISTS (SELECT FROM unnest(c.conkey, c.confkey) AS pair (here, there)
        JOIN pg_attribute h ON h.attrelid = c.conrelid AND h.attnum = here AND h.attname = 'municipality_id'
        JOIN pg_attribute o ON o.attrelid = c.confrelid AND o.attnum = there AND o.attname = 'municipality_id')`,
  'is a view with the rights of its owner': `
    SELECT relname AS what FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)`,
  'is a materialised view, which knows no policies': `SELECT relname AS what FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'm'`,
  'is a definer function without a fixed search_path (pg_temp last)': `
    SELECT oid::regprocedure::text AS what FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
      AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY (proconfig), false)`,
  'is a definer function that tilts_resolver does not own': `
    SELECT oid::regprocedure::text AS what FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proowner <> 'tilts_resolver'::regrole`,
  'is a function that everybody may call': `
    SELECT p.oid::regprocedure::text AS what FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE p.pronamespace = 'public'::regnamespace AND a.grantee = 0`,
  'has no privacy class': `
    SELECT relname || '.' || attname AS what FROM pg_attribute JOIN ${of('attrelid')} AND attnum > 0 AND NOT attisdropped
      AND coalesce(col_description(attrelid, attnum), '') NOT IN ('open', 'sealed', 'technical')`,
  'is called sealed and is readable': `
    SELECT relname || '.' || attname AS what FROM pg_attribute JOIN ${of('attrelid')} AND col_description(attrelid, attnum) = 'sealed' AND atttypid <> 'bytea'::regtype`,
  'is an enum, slow under row security': `
    SELECT relname || '.' || attname AS what FROM pg_attribute JOIN ${of('attrelid')} AND attnum > 0 AND (SELECT typtype FROM pg_type WHERE oid = atttypid) = 'e'`,
  'is owned by a role of the API': `
    SELECT relname AS what FROM pg_class WHERE relowner IN (SELECT oid FROM pg_roles WHERE rolname = ANY (${roles}))
    UNION ALL SELECT oid::regprocedure::text FROM pg_proc WHERE proowner IN (SELECT oid FROM pg_roles WHERE rolname = ANY (${roles}))
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspowner IN (SELECT oid FROM pg_roles WHERE rolname = ANY (${roles}))`,
  'is a role that may step over row security': `
    SELECT rolname AS what FROM pg_roles WHERE (rolname = ANY (${roles}) OR rolname = 'tilts_resolver') AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
    UNION ALL SELECT rolname FROM pg_roles WHERE rolname IN ('tilts_read', 'tilts_mail', 'tilts_resolver') AND rolcanlogin`,
  'may make things in the schema': `
    SELECT rolname AS what FROM pg_roles WHERE (rolname = ANY (${roles}) OR rolname = 'tilts_resolver') AND has_schema_privilege(oid, 'public', 'CREATE')`,
};

/** Everything in the database that breaks a rule of the house; empty when all is well. */
export async function violations(client: Client): Promise<string[]> {
  const found: string[] = [];
  for (const [rule, sql] of Object.entries(rules)) {
    const { rows } = await client.query<{ what: string }>(sql);
    found.push(...rows.map(({ what }) => `${what} ${rule}`));
  }
  return found;
}
