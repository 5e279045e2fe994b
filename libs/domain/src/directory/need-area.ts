import { choices, type ChoiceOf } from '../fields/choices.js';

/** What a family may need help with (domain notes 3.1). */
export const needAreas = choices(
  'directory.needArea',
  ['EDU', 'EMP', 'HOU', 'HEA', 'SOC', 'DOC', 'DEB', 'CHI', 'DIS', 'LAN', 'CUL', 'OTH'],
  { needed: ['CHI', 'OTH'] },
);
export type NeedArea = ChoiceOf<typeof needAreas>;
