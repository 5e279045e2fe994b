import type { Environment } from '../platform/environment.js';

/** Families were told who answers for their data, and now nobody would be named: the start is refused. */
export class ControllerUnnamed extends Error {
  constructor() {
    super(
      'Nobody is named who answers for the data (GDPR Art. 4(7)), and people have accounts already. Start once more with ' +
        'CONTROLLER_NAME="the name of the organisation"; Tilts then keeps it.',
    );
    this.name = 'ControllerUnnamed';
  }
}

/**
 * At each start: what the surroundings name is kept together with its day, so that Tilts knows the name that was read aloud then,
 * and still knows it when the surroundings forget it. In production nothing is served to people without a name.
 */
export async function keepControllerName(
  owner: { query(sql: string, values?: unknown[]): Promise<unknown> },
  { controllerName, production }: Pick<Environment, 'controllerName' | 'production'>,
  { peopleHaveAccounts }: { peopleHaveAccounts: boolean },
): Promise<void> {
  if (controllerName) {
    await owner.query(
      `WITH named AS (UPDATE installation SET controller_name = $1 WHERE controller_name IS DISTINCT FROM $1 RETURNING id)
       INSERT INTO controller_naming (id, name, since) SELECT gen_random_uuid(), $1, now() FROM named`,
      [controllerName],
    );
  } else if (production && peopleHaveAccounts) {
    const found = await owner.query('SELECT FROM installation WHERE controller_name IS NOT NULL');
    if ((found as unknown[]).length === 0) throw new ControllerUnnamed();
  }
}
