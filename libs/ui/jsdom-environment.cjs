const { TestEnvironment } = require('jest-environment-jsdom');

// jsdom has no fetch, no structuredClone and no channels of its own; Node's are the same standard.
const missing = [
  'structuredClone',
  'fetch',
  'Response',
  'Request',
  'Headers',
  'TextEncoder',
  'TextDecoder',
  'MessageChannel',
];

module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    for (const name of missing) this.global[name] ??= globalThis[name];
  }
};
