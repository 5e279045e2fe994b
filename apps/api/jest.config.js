import preset from '../../jest.preset.js';

export default {
  ...preset,
  // Real PostgreSQL: one server for the run, started by the first spec that asks for a database.
  globalSetup: '../../tools/test-database/set-up.mjs',
  globalTeardown: '../../tools/test-database/tear-down.mjs',
  testTimeout: 30_000,
};
