import { accessEndpoints } from '../access/access.endpoints.js';
import { factorEndpoints } from '../access/second-factor.endpoints.js';
import type { OutputOf } from '../endpoint/endpoint.js';
import { importEndpoints } from '../imports/imports.endpoints.js';
import { referenceAnswers } from './answers-reference.js';
import { referralAnswers } from './answers-referrals.js';
import { workAnswers } from './answers-work.js';
import { operationOf, type AnyOperation, type Given, type HeldCopy } from './local-copy.js';
import { syncEndpoints } from './sync.endpoints.js';

/** What a phone can answer by itself, each as the API would. */
export const phoneAnswers = new Map([...workAnswers, ...referralAnswers, ...referenceAnswers]);

/** What a mediator needs the network for: devices and factors are the office's to tell, and a list is taken over while it watches. */
export const officeOnly = [
  accessEndpoints.sessions,
  factorEndpoints.list,
  importEndpoints.list,
  importEndpoints.read,
  importEndpoints.check,
  syncEndpoints.changes,
  syncEndpoints.families,
  syncEndpoints.rescueKey,
  syncEndpoints.rescued,
].map(operationOf);

/** What the office would answer to that question, as far as the copy knows; undefined: that is not held here, ask the office. */
export function answerOf<E extends AnyOperation>(endpoint: E, given: Given, copy: HeldCopy): OutputOf<E> | undefined {
  return phoneAnswers.get(operationOf(endpoint))?.(copy, given) as OutputOf<E> | undefined;
}
