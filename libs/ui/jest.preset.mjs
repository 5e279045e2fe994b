// What the specs of Angular code (web and ui) have in common: zoneless TestBed in jsdom, our libs read from their source.
import presets from 'jest-preset-angular/presets/index.js';

const root = `${import.meta.dirname}/../..`;

export default {
  ...presets.createCjsPreset({ tsconfig: `${root}/libs/ui/tsconfig.json` }),
  testEnvironment: `${root}/libs/ui/jsdom-environment.cjs`,
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  setupFilesAfterEnv: [`${root}/libs/ui/test-setup.ts`],
  transformIgnorePatterns: [
    'node_modules/(?!(.*\\.mjs$|@angular/common/locales/.*\\.js$|@jsverse/|intl-messageformat/|@formatjs/|uuid/|qr/|csv-parse/|read-excel-file/|write-excel-file/|fflate/|saxen/|worker-f/|age-encryption/|@noble/|@scure/))',
  ],
  moduleNameMapper: {
    '^@tilts/i18n/(.*\\.json)$': `${root}/libs/i18n/src/$1`,
    '^@tilts/(domain|i18n|testing|ui)$': `${root}/libs/$1/src/index.ts`,
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
