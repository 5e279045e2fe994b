import { keepControllerName } from './access/controller-name.js';
import { firstCoordinatorToken } from './access/first-coordinator.js';
import { makeDataSource } from './database/data-source.js';
import { Seals } from './database/seals.js';
import { loadDemo } from './demo/load-demo.js';
import type { Environment } from './platform/environment.js';
import type { Secrets } from './platform/secrets.js';

/** Any number that nobody else in this database uses; held by the one connection below until it ends. */
const FIRST_STEPS_LOCK = 20_171_002;

/** Fills an empty installation with demo data; without demo data, hands out the link for its first coordinator. */
export async function firstSteps(
  environment: Environment,
  secrets: Secrets,
  ownerUrl: string,
  step: (text: string) => void,
): Promise<string | undefined> {
  const owner = await makeDataSource(ownerUrl, { poolSize: 1, name: 'tilts-first-steps' }).initialize();
  try {
    // Of two processes that start at once the second finds everything done.
    await owner.query('SELECT pg_advisory_lock($1)', [FIRST_STEPS_LOCK]);
    const [known] = await owner.query<{ accounts: boolean }[]>('SELECT EXISTS (SELECT FROM account) AS accounts');
    await keepControllerName(owner, environment, { peopleHaveAccounts: known?.accounts === true });
    if (known?.accounts) return undefined;
    if (!environment.demo)
      return `${environment.publicUrl}/first-coordinator#${firstCoordinatorToken(secrets, new Date())}`;
    step('Loading the demo data');
    await loadDemo({
      owner: owner.manager,
      seals: new Seals(secrets.sealing),
      password: environment.demoPassword,
      now: new Date(),
      progress: step,
    });
    return undefined;
  } finally {
    await owner.destroy();
  }
}

const demoLogins = [
  ['mediator', 'mediator.jelgava@tilts.test  (also dobele, riga, valmiera, ventspils)'],
  ['social worker', 'social.jelgava@tilts.test    (each city)'],
  ['evaluator', 'evaluator@tilts.test'],
  ['coordinator', 'coordinator@tilts.test  and the code that npm run demo-code prints'],
] as const;

/** What the person in front of the terminal reads when the doors are open. */
export function greeting(environment: Environment, invitation: string | undefined): string {
  const lines = ['', `  Tilts is open: ${environment.publicUrl}`];
  if (invitation)
    lines.push(
      '',
      '  Nobody has an account yet. The first coordinator makes theirs here (works once, for 24 hours):',
      `  ${invitation}`,
    );
  if (environment.demo) {
    lines.push('', '  Demo logins, all with the password ' + environment.demoPassword);
    for (const [role, login] of demoLogins) lines.push(`    ${role.padEnd(14)} ${login}`);
  }
  return [...lines, '', '  Ctrl-C stops it.', ''].join('\n');
}
