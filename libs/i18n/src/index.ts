export * from './languages.js';
export * from './catalogue.js';
export * from './format-message.js';
export * from './format.js';
export * from './dates.js';
export * from './numbers.js';
