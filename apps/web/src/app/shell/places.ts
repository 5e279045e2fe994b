import type { Role } from '@tilts/domain';
import type { TextKey } from '@tilts/i18n';
import type { IconName } from '@tilts/ui';

/** One place of the main menu. `act` is the one that does something: logging a visit. */
export interface Place {
  path: string;
  text: TextKey;
  icon: IconName;
  act?: boolean;
  /** Also lit on these paths. */
  also?: string;
}

/** What a role needs a few times a year. */
export const rarePlacesOf: Partial<Record<Role, readonly Place[]>> = {
  coordinator: [
    { path: '/municipalities', text: 'shell.municipalities', icon: 'pin' },
    { path: '/working-days', text: 'shell.workingDays', icon: 'clock' },
    { path: '/code-lists', text: 'shell.codeLists', icon: 'read' },
    { path: '/set-up', text: 'access.setUp.title', icon: 'settings' },
  ],
};

/** Four places at most: a thumb finds them without reading. Rare things are in the person menu. */
export const placesOf: Record<Role, readonly Place[]> = {
  mediator: [
    { path: '/today', text: 'shell.today', icon: 'calendar' },
    { path: '/families', text: 'shell.families', icon: 'home', also: '/persons' },
    { path: '/visits/new', text: 'shell.log', icon: 'add', act: true },
    { path: '/referrals', text: 'shell.referrals', icon: 'send' },
  ],
  socialWorker: [
    { path: '/inbox', text: 'shell.inbox', icon: 'send', also: '/referrals' },
    { path: '/notices', text: 'shell.notices', icon: 'bell' },
  ],
  evaluator: [{ path: '/report', text: 'shell.report', icon: 'chart' }],
  coordinator: [
    { path: '/coordinator', text: 'shell.today', icon: 'calendar' },
    { path: '/accounts', text: 'shell.people', icon: 'family' },
    { path: '/projects', text: 'shell.projects', icon: 'project', also: '/assignments' },
    { path: '/directory', text: 'shell.directory', icon: 'institution' },
  ],
};
