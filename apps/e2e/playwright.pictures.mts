// Takes pictures instead of testing; by hand, with the built app (`npm start` once builds it), from the folder apps/e2e:
//
//   ../../node_modules/.bin/playwright test -c playwright.pictures.mts             the four of the README, into docs/pictures
//   PICTURES=all ../../node_modules/.bin/playwright test -c playwright.pictures.mts   and every page at both sizes, in every language, light
//                                                                                  and dark, into test-results/pages
import type { PlaywrightTestConfig } from '@playwright/test';
import base from './playwright.config.mjs';

const pictures: PlaywrightTestConfig = {
  ...base,
  testMatch: process.env['PICTURES'] === 'all' ? '**/every-page.pictures.ts' : '**/readme.pictures.ts',
  projects: [{ name: 'pictures' }],
  workers: 1,
  use: { ...base.use, trace: 'off' as const },
};

export default pictures;
