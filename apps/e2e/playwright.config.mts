import { defineConfig } from '@playwright/test';
import { findChromium } from '../../tools/chromium.mjs';
import { freePort } from './src/free-port.js';

// Workers read this file again: they must find the same address.
process.env['E2E_PORT'] ??= String(await freePort());
const baseURL = `http://localhost:${process.env['E2E_PORT']}`;

export default defineConfig({
  testDir: 'src',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results',
  forbidOnly: Boolean(process.env['CI']),
  workers: 1,
  timeout: 60_000,
  reporter: [['list']],
  use: {
    baseURL,
    locale: 'lv-LV',
    timezoneId: 'Europe/Riga',
    trace: 'retain-on-failure',
    launchOptions: await findChromium(),
  },
  webServer: {
    command: 'node src/serve.mjs',
    url: `${baseURL}/api/health`,
    timeout: 120_000,
    stdout: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 20_000 },
    env: { E2E_PORT: process.env['E2E_PORT'] },
  },
});
