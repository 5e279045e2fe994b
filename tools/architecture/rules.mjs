// What may import what: between the projects, and inside api, domain and web, where a feature imports only what stands to
// its left. This is the one place that says so; dependency-cruiser holds it and architecture.spec.mjs plants violations.

/** The features in their order. A new one is put where its relations point left. */
export const FEATURES = [
  'platform',
  'database',
  // How this installation calls the codes of its lists; everything that shows or exports one stands to its right.
  'codeLists',
  'municipalities',
  // Left of access: a social worker's account belongs to an institution.
  'directory',
  'access',
  'mediators',
  'families',
  'persons',
  'consents',
  // A family with its yes and its members, written together.
  'registration',
  // Many such families at once, from a list that a mediator has already.
  'imports',
  'outcomes',
  'cases',
  'visits',
  'followups',
  'notices',
  'referrals',
  // The family's page and the mediator's home, in the web only: each shows something of every feature before it.
  'story',
  'today',
  'activities',
  'surveys',
  // What a phone holds and sends: knows what mediators do, and nobody knows it.
  'sync',
  'reports',
  'oversight',
  // How the running is watched and ended: figures, traces, leaving.
  'operations',
  'demo',
];

/** The trees that have features. Folders of one inner list are equals; files directly in `root` may import everything. */
export const TREES = [
  {
    root: 'libs/domain/src',
    // Permission names are platform here, so that every feature can name its own.
    order: [
      ['fields', 'errors', 'endpoint', 'access'],
      ...FEATURES.filter((name) => name !== 'platform' && name !== 'access').map((name) => [name]),
    ],
  },
  {
    root: 'apps/api/src',
    order: FEATURES.map((name) => [name]),
    // One schema of all features: the lists of its parts stand at the top, and only these read them; the demo fills every table.
    composed: {
      from: '^apps/api/src/(database/(data-source|migrate)\\.ts$|demo/)',
      to: '^apps/api/src/(entities|database-parts)\\.ts$',
    },
  },
  // The frame of the pages knows every feature, and none knows the frame.
  { root: 'apps/web/src/app', order: [...FEATURES, 'shell'].map((name) => [name]) },
];

const ANGULAR = ['@angular/', '@jsverse/transloco/', 'rxjs/', 'tslib/'];
const RULES_OF_INPUT = ['class-validator/', 'class-transformer/', 'reflect-metadata/'];

/** `packages` are beginnings of npm paths; `specs` is what only `*.spec.ts` may import beside that. */
export const PROJECTS = [
  {
    path: 'libs/domain',
    projects: [],
    packages: [...RULES_OF_INPUT, 'uuid/'],
    node: false,
    specs: { projects: ['libs/testing'], packages: ['fast-check/'] },
  },
  {
    path: 'libs/i18n',
    projects: ['libs/domain'],
    packages: ['intl-messageformat/', '@formatjs/'],
    node: false,
    specs: { projects: ['libs/testing'], packages: [] },
  },
  {
    path: 'libs/ui',
    projects: ['libs/i18n'],
    packages: [...ANGULAR, 'class-validator/', 'qr/'],
    // A part that fetches cannot be used twice.
    never: ['@angular/common/(types/|fesm2022/)?http'],
    node: false,
    specs: { projects: [], packages: [] },
  },
  {
    path: 'libs/testing',
    projects: ['libs/domain'],
    packages: ['reflect-metadata/'],
    node: false,
    specs: { projects: [], packages: [] },
  },
  {
    path: 'apps/api',
    projects: ['libs/domain', 'libs/i18n'],
    // Everything from npm except the browser's side.
    packages: ['(?!@angular/|@jsverse/|@playwright/|@tilts/)'],
    node: true,
    specs: { projects: ['libs/testing', 'tools/test-database'], packages: [] },
  },
  {
    path: 'apps/web',
    projects: ['libs/domain', 'libs/i18n', 'libs/ui'],
    packages: [
      ...ANGULAR,
      ...RULES_OF_INPUT,
      '@simplewebauthn/browser/',
      'age-encryption/',
      'csv-parse/',
      'idb/',
      'read-excel-file/',
      'write-excel-file/',
    ],
    node: false,
    specs: { projects: ['libs/testing'], packages: ['axe-core/', 'fake-indexeddb/', 'fast-check/'] },
  },
  {
    path: 'apps/e2e',
    projects: ['libs/domain', 'libs/i18n', 'libs/testing'],
    packages: [
      '@playwright/',
      'playwright',
      '@axe-core/',
      'axe-core/',
      'pg/',
      '@types/pg/',
      'read-excel-file/',
      'write-excel-file/',
    ],
    node: true,
    specs: { projects: [], packages: [] },
  },
];

/** Demo data is made with the same builders as the tests. */
const DEMO = '^apps/api/src/demo/';
const SPEC = '\\.spec\\.ts$';
/** What several specs of one project need lies in a folder `testing`, or is test-app.ts. */
const TEST_SUPPORT = '/src/(|.+/)(testing/|test-app\\.ts$)';

/** The rule set in the words of dependency-cruiser. */
export function forbidden() {
  return [...PROJECTS.flatMap(betweenProjects), ...TREES.flatMap(insideTree), ...everywhere()];
}

function betweenProjects({ path, projects, packages, never = [], node, specs }) {
  const reach = (projectPaths, npm) => [
    ...[path, ...projectPaths].map((project) => `^${project}/`),
    ...npm.map((begin) => `(^|/)node_modules/(@types/)?${begin}`),
  ];
  const withSpecs = reach(
    [...projects, ...specs.projects],
    [...packages, ...specs.packages, '@types/', '@jest/', '@nestjs/testing/', 'jest'],
  );
  return [
    {
      name: `${path} imports only its own`,
      severity: 'error',
      from: { path: `^${path}/src/`, pathNot: [SPEC, TEST_SUPPORT, DEMO] },
      to: { pathNot: reach(projects, packages), dependencyTypesNot: ['core'], couldNotResolve: false },
    },
    {
      name: `${path}: specs, demo and test support import builders beside that`,
      severity: 'error',
      from: {
        path: [`^${path}/src/.*${SPEC}`, `^${path}${TEST_SUPPORT}`, ...(DEMO.startsWith(`^${path}/`) ? [DEMO] : [])],
      },
      to: { pathNot: withSpecs, dependencyTypesNot: ['core'], couldNotResolve: false },
    },
    ...(never.length
      ? [{ name: `${path} never`, severity: 'error', from: { path: `^${path}/src/` }, to: { path: never } }]
      : []),
    ...(node
      ? []
      : [
          {
            name: `${path} runs in the browser too`,
            severity: 'error',
            from: { path: `^${path}/src/`, pathNot: [SPEC, TEST_SUPPORT] },
            to: { dependencyTypes: ['core'] },
          },
        ]),
  ];
}

function insideTree({ root, order, composed }) {
  const any = (folders) => `^${root}/(${folders.join('|')})/`;
  const looksRight = order.slice(0, -1).map((folders, i) => ({
    name: `${root}/${folders.join(', ')} looks left only`,
    severity: 'error',
    from: { path: any(folders), pathNot: [SPEC, TEST_SUPPORT] },
    to: { path: any(order.slice(i + 1).flat()) },
  }));
  const climbs = (from, to) => ({
    name: `${root}: features never import what puts them together`,
    severity: 'error',
    from,
    to: { path: `^${root}/[^/]+\\.ts$`, ...to },
  });
  const inFeature = { path: `^${root}/[^/]+/`, pathNot: [SPEC, TEST_SUPPORT] };
  if (!composed) return [...looksRight, climbs(inFeature, {})];
  return [
    ...looksRight,
    climbs({ ...inFeature, pathNot: [...inFeature.pathNot, composed.from] }, {}),
    climbs({ path: composed.from, pathNot: inFeature.pathNot }, { pathNot: composed.to }),
  ];
}

function everywhere() {
  return [
    { name: 'everything imported exists', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'specs are imported by nobody',
      severity: 'error',
      from: {},
      to: { path: SPEC },
    },
    {
      name: 'test support is imported by tests only',
      severity: 'error',
      from: { pathNot: [SPEC, TEST_SUPPORT, '^tools/'] },
      to: { path: TEST_SUPPORT },
    },
  ];
}
