import type { Routes } from '@angular/router';
import { anybody, notYetSignedIn, onlyFor, page, toHome } from './access/guards';

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
  { path: 'link', loadComponent: async () => (await import('./access/link-page')).LinkPage },
  { path: 'rescue', loadComponent: async () => (await import('./sync/rescue-door-page')).RescueDoorPage },
  page('profile:own', 'profile', async () => (await import('./access/profile-page')).ProfilePage),
  page(
    'factor:own',
    'second-factor',
    async () => (await import('./access/second-factor/second-factor-page')).SecondFactorPage,
  ),
  page('notice:own', 'notices', async () => (await import('./shell/notices-page')).NoticesPage),

  page('installation:manage', 'coordinator', async () => (await import('./access/coordinator-home')).CoordinatorHome),
  page('installation:manage', 'set-up', async () => (await import('./access/set-up/set-up-page')).SetUpPage),
  page('account:manage', 'accounts', async () => (await import('./access/accounts/account-list')).AccountList),
  page('account:manage', 'accounts/new', async () => (await import('./access/accounts/account-invite')).AccountInvite),
  page('account:manage', 'accounts/:id', async () => (await import('./access/accounts/account-page')).AccountPage),
  page(
    'account:manage',
    'accounts/:id/edit',
    async () => (await import('./access/accounts/account-editor')).AccountEditor,
  ),
  page(
    'account:manage',
    'accounts/:id/hand-over',
    async () => (await import('./access/accounts/hand-over-page')).HandOverPage,
  ),
  page('account:manage', 'accounts/:id/rescue', async () => (await import('./sync/rescue-load-page')).RescueLoadPage),

  page('visit:read', 'today', async () => (await import('./today/today-page')).TodayPage),
  page('family:read', 'families', async () => (await import('./story/family-list')).FamilyList),
  page(
    'family:write',
    'families/new',
    async () => (await import('./registration/family-registration')).FamilyRegistration,
  ),
  page('import:own', 'families/import', async () => (await import('./imports/import-page')).ImportPage),
  page('family:read', 'families/:id', async () => (await import('./story/family-page')).FamilyPage),
  page('family:write', 'families/:id/edit', async () => (await import('./families/family-editor')).FamilyEditor),
  page(
    'person:write',
    'families/:family/persons/new',
    async () => (await import('./persons/person-editor')).PersonEditor,
  ),
  page('person:write', 'persons/:id/edit', async () => (await import('./persons/person-editor')).PersonEditor),

  page('visit:read', 'visits', async () => (await import('./visits/visit-list')).VisitList),
  page('visit:write', 'visits/new', async () => (await import('./visits/visit-editor')).VisitEditor),
  page('visit:read', 'visits/:id', async () => (await import('./visits/visit-page')).VisitPage),
  page('visit:write', 'visits/:id/correct', async () => (await import('./visits/visit-correct')).VisitCorrect),
  page(
    'unrecordedHelp:write',
    'help-without-record',
    async () => (await import('./visits/unrecorded-help')).UnrecordedHelpPage,
  ),

  page('sync:own', 'unsent', async () => (await import('./sync/unsent-page')).UnsentPage),
  page('sync:own', 'phone', async () => (await import('./sync/phone-page')).PhonePage),

  page('referral:write', 'referrals', async () => (await import('./referrals/referral-list')).ReferralList),
  page('referral:write', 'referrals/new', async () => (await import('./referrals/referral-editor')).ReferralEditor),
  page('referral:read', 'referrals/:id', async () => (await import('./referrals/referral-page')).ReferralPage),
  page('referral:read', 'referrals/:id/print', async () => (await import('./referrals/referral-print')).ReferralPrint),
  page('referral:move', 'inbox', async () => (await import('./referrals/inbox')).Inbox),

  page('report:read', 'report', async () => (await import('./reports/report-page')).ReportPage),
  page('project:read', 'projects', async () => (await import('./mediators/project-list')).ProjectList),
  page('project:manage', 'projects/new', async () => (await import('./mediators/project-editor')).ProjectEditor),
  page('project:manage', 'projects/:id/edit', async () => (await import('./mediators/project-editor')).ProjectEditor),
  page(
    'assignment:manage',
    'projects/:project/assignments/new',
    async () => (await import('./mediators/assignment-new')).AssignmentNew,
  ),
  page(
    'assignment:manage',
    'assignments/:id/edit',
    async () => (await import('./mediators/assignment-editor')).AssignmentEditor,
  ),
  page(
    'municipality:manage',
    'municipalities',
    async () => (await import('./municipalities/municipality-list')).MunicipalityList,
  ),
  page(
    'municipality:manage',
    'municipalities/new',
    async () => (await import('./municipalities/municipality-editor')).MunicipalityEditor,
  ),
  page(
    'municipality:manage',
    'municipalities/:id/edit',
    async () => (await import('./municipalities/municipality-editor')).MunicipalityEditor,
  ),
  {
    ...page(
      'directory:manage',
      'directory',
      async () => (await import('./directory/register/register-list')).RegisterList,
    ),
    canMatch: [onlyFor('directory:manage')],
  },
  page('directory:read', 'directory', async () => (await import('./directory/directory-list')).DirectoryList),

  page(
    'directory:manage',
    'directory/new',
    async () => (await import('./directory/register/institution-editor')).InstitutionEditor,
  ),
  page(
    'directory:manage',
    'directory/:id',
    async () => (await import('./directory/register/institution-page')).InstitutionPage,
  ),
  page(
    'directory:manage',
    'directory/:id/edit',
    async () => (await import('./directory/register/institution-editor')).InstitutionEditor,
  ),
  page(
    'directory:manage',
    'directory/:institution/services/new',
    async () => (await import('./directory/register/service-editor')).ServiceEditor,
  ),
  page(
    'directory:manage',
    'directory/:institution/services/:id',
    async () => (await import('./directory/register/service-editor')).ServiceEditor,
  ),
  page(
    'workingDays:manage',
    'working-days',
    async () => (await import('./directory/working-days/working-days-page')).WorkingDaysPage,
  ),
  page('codeList:manage', 'code-lists', async () => (await import('./codeLists/code-lists-page')).CodeListsPage),

  {
    path: '**',
    canActivate: [anybody],
    loadComponent: async () => (await import('./shell/not-found-page')).NotFoundPage,
  },
];
