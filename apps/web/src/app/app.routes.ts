import type { Routes } from '@angular/router';
import { anybody, notYetSignedIn, page, toHome } from './access/guards';

/** Every page, loaded when it is opened, with the permission that it needs. */
export const routes: Routes = [
  { path: '', pathMatch: 'full', canActivate: [toHome], children: [] },
  {
    path: 'sign-in',
    canActivate: [notYetSignedIn],
    loadComponent: async () => (await import('./access/sign-in-page')).SignInPage,
  },
  {
    path: 'first-coordinator',
    loadComponent: async () => (await import('./access/first-coordinator-page')).FirstCoordinatorPage,
  },
  page('profile:own', 'profile', async () => (await import('./access/profile-page')).ProfilePage),
  page('notice:own', 'notices', async () => (await import('./shell/notices-page')).NoticesPage),

  page('visit:read', 'today', async () => (await import('./today/today-page')).TodayPage),
  page('family:read', 'families', async () => (await import('./story/family-list')).FamilyList),
  page(
    'family:write',
    'families/new',
    async () => (await import('./registration/family-registration')).FamilyRegistration,
  ),
  page('family:read', 'families/:id', async () => (await import('./story/family-page')).FamilyPage),
  page('family:write', 'families/:id/edit', async () => (await import('./families/family-editor')).FamilyEditor),
  page(
    'person:write',
    'families/:family/persons/new',
    async () => (await import('./persons/person-editor')).PersonEditor,
  ),
  page('person:write', 'persons/:id/edit', async () => (await import('./persons/person-editor')).PersonEditor),

  page('visit:write', 'visits/new', async () => (await import('./visits/visit-editor')).VisitEditor),
  page('visit:read', 'visits/:id', async () => (await import('./visits/visit-page')).VisitPage),
  page('visit:write', 'visits/:id/correct', async () => (await import('./visits/visit-correct')).VisitCorrect),
  page(
    'unrecordedHelp:write',
    'help-without-record',
    async () => (await import('./visits/unrecorded-help')).UnrecordedHelpPage,
  ),

  page('referral:write', 'referrals', async () => (await import('./referrals/referral-list')).ReferralList),
  page('referral:write', 'referrals/new', async () => (await import('./referrals/referral-editor')).ReferralEditor),
  page('referral:read', 'referrals/:id', async () => (await import('./referrals/referral-page')).ReferralPage),
  page('referral:read', 'referrals/:id/print', async () => (await import('./referrals/referral-print')).ReferralPrint),
  page('referral:move', 'inbox', async () => (await import('./referrals/inbox')).Inbox),

  page('report:read', 'report', async () => (await import('./reports/report-page')).ReportPage),
  page('project:read', 'projects', async () => (await import('./mediators/project-list')).ProjectList),
  page('directory:read', 'directory', async () => (await import('./directory/directory-list')).DirectoryList),

  {
    path: '**',
    canActivate: [anybody],
    loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
  },
];
