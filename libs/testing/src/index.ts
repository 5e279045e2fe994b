export * from './cities.js';
export * from './demo-totp.js';
export * from './families.js';
export * from './names.js';
export * from './random.js';
export * from './registry.js';
export * from './test-clock.js';
export * from './work.js';
