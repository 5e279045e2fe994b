import { defineConfig } from '@playwright/test';
import { findChromium } from '../../tools/chromium.mjs';
import { freePort } from './src/tilts/free-port.js';
import { desk } from './src/screens.js';

// With E2E_PORT and E2E_FOLDER in the environment the tests use a Tilts that already runs. Workers read this file again: they must find the same one.
const running = process.env['E2E_PORT'] !== undefined;
const port = (process.env['E2E_PORT'] ??= String(await freePort()));
process.env['E2E_FOLDER'] ??= `tilts-e2e-${port}`;
const baseURL = `http://localhost:${port}`;

// Looks at every page, and what starts processes of its own: about half of the time.
const apart = ['accessibility', 'proof-sync', 'proxy', 'two-processes'].map((name) => `**/${name}.spec.ts`);

export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.spec.ts',
  // The built libraries, as the product uses them: Playwright would compile their sources in its own way.
  tsconfig: './tsconfig.run.json',
  outputDir: '../../test-results',
  forbidOnly: Boolean(process.env['CI']),
  // One after the other: the report is compared before and after, and looking at a page in another language changes the language of the
  // account for whoever is signed in with it at that moment (seen: a journey failed). `npm test` runs the two projects side by side, each
  // with a Tilts of its own.
  workers: 1,
  projects: [
    { name: 'work', testIgnore: apart },
    { name: 'apart', testMatch: apart },
  ],
  timeout: 90_000,
  // A machine that others use, too, stalls now and then. What passes only at the second try is reported as flaky, and is looked into.
  retries: 1,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    baseURL,
    ...desk,
    locale: 'lv-LV',
    timezoneId: 'Europe/Riga',
    trace: 'retain-on-failure',
    actionTimeout: 15_000,
    // Each browser of a test is a new phone, which would first fetch the whole app. What is about the worker says „allow”.
    serviceWorkers: 'block',
    launchOptions: await findChromium(),
  },
  webServer: {
    command: 'node src/tilts/serve.mjs',
    url: `${baseURL}/api/health`,
    reuseExistingServer: running,
    timeout: 120_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: { E2E_PORT: port, E2E_FOLDER: process.env['E2E_FOLDER'] },
  },
});
