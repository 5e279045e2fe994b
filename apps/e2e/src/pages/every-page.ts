import type { Role } from '@tilts/domain';
import { demoEmail, type CityKey } from '@tilts/testing';
import { Caller } from '../tilts/caller.js';

/** Every address that somebody can open, with real ids in it; `nobody` has not signed in. */
export async function everyPage(address: string, city: CityKey): Promise<Record<Role | 'nobody', string[]>> {
  const mediator = await Caller.signIn(address, demoEmail('mediator', city));
  const socialWorker = await Caller.signIn(address, demoEmail('socialWorker', city));
  const coordinator = await Caller.signIn(address, demoEmail('coordinator'));
  const accounts = await coordinator.accounts();
  const account = accounts.find(({ email }) => email === demoEmail('mediator', city))?.id ?? '';
  const kept = await coordinator.registry();
  const persons = await mediator.persons();
  const families = (await mediator.families()).filter((family) => family.status === 'active');
  // The largest household shows most.
  const sizeOf = (id: string): number => persons.filter((person) => person.familyId === id && !person.leftOn).length;
  const [family = ''] = families.map(({ id }) => id).sort((a, b) => sizeOf(b) - sizeOf(a));
  const person = persons.find((one) => one.familyId === family)?.id ?? '';
  const visit = (await Promise.all(families.map(({ id }) => mediator.visitIds(id)))).flat()[0] ?? '';
  // Four referrals of different status show everything that the page can show.
  const statusesOf = async (caller: Caller): Promise<string[]> =>
    [...new Map((await caller.referrals()).map((referral) => [referral.status, referral.id])).values()].slice(0, 4);
  const sent = await statusesOf(mediator);
  const received = await statusesOf(socialWorker);
  const boards = ['waiting', 'inWork', 'answered'];
  return {
    nobody: ['/sign-in', '/first-coordinator#x', '/link#x', '/rescue', '/there-is-no-such-page'],
    mediator: [
      ...[
        '/today',
        '/families',
        '/families/new',
        '/families/import',
        `/families/${family}`,
        `/families/${family}/edit`,
        `/families/${family}/persons/new`,
        `/persons/${person}/edit`,
      ],
      ...[
        '/visits',
        '/visits/new',
        `/visits/new?family=${family}`,
        `/visits/${visit}`,
        `/visits/${visit}/correct`,
        '/help-without-record',
      ],
      ...boards.map((board) => `/referrals?board=${board}`),
      ...[
        '/referrals/new',
        `/referrals/new?family=${family}`,
        ...sent.map((id) => `/referrals/${id}`),
        `/referrals/${sent[0] ?? ''}/print`,
      ],
      ...[
        '/unsent',
        '/phone',
        '/notices',
        '/profile',
        '/second-factor',
        '/directory',
        '/projects',
        '/there-is-no-such-page',
      ],
    ],
    socialWorker: [
      ...boards.map((board) => `/inbox?board=${board}`),
      ...received.map((id) => `/referrals/${id}`),
      `/referrals/${received[0] ?? ''}/print`,
      '/notices',
      '/profile',
      '/directory',
    ],
    evaluator: ['/report', '/projects', '/profile'],
    coordinator: [
      ...['/coordinator', '/set-up', '/accounts', '/accounts/new'],
      ...['', '/edit', '/hand-over', '/rescue'].map((page) => `/accounts/${account}${page}`),
      ...[
        '/projects',
        '/projects/new',
        `/projects/${kept.project}/edit`,
        `/projects/${kept.project}/assignments/new`,
        `/assignments/${kept.assignment}/edit`,
      ],
      ...['/municipalities', '/municipalities/new', `/municipalities/${kept.municipality}/edit`],
      ...['/directory', '/directory?state=stale', '/directory/new'],
      ...['', '/edit', '/services/new', `/services/${kept.service}`].map(
        (page) => `/directory/${kept.institution}${page}`,
      ),
      ...['/working-days', '/working-days?year=2023', '/code-lists', '/code-lists?list=visits.channel'],
      ...['/profile', '/second-factor'],
    ],
  };
}
