import type { CityKey } from '@tilts/testing';

/** What Platform II is to show of one city, and who works there. The sums are those of the founding document. */
export interface DemoCity {
  key: CityKey;
  prefix: string;
  /** Invented: a first name and an initial. */
  mediator: string;
  socialWorker: string;
  /** Families reached and persons assisted in Platform II. One family with one assisted person moved from Jelgava to Dobele and counts in both. */
  families: number;
  persons: number;
  visits: number;
  /** Registered in Platform II but never met. */
  neverMet: number;
  /** Registered for the current project. */
  newFamilies: number;
  /** Persons of Platform II helped in the two areas that are rare. */
  rare: { CHI: number; DIS: number };
}

export const demoCities: readonly DemoCity[] = [
  {
    key: 'JELGAVA',
    prefix: 'JEL',
    mediator: 'Ilze B.',
    socialWorker: 'Dace K.',
    families: 31,
    persons: 42,
    visits: 208,
    neverMet: 2,
    newFamilies: 11,
    rare: { CHI: 1, DIS: 1 },
  },
  {
    key: 'DOBELE',
    prefix: 'DOB',
    mediator: 'Sarmīte O.',
    socialWorker: 'Inga L.',
    families: 19,
    persons: 22,
    visits: 96,
    neverMet: 1,
    newFamilies: 4,
    rare: { CHI: 0, DIS: 0 },
  },
  {
    key: 'RIGA',
    prefix: 'RIG',
    mediator: 'Nora V.',
    socialWorker: 'Olga S.',
    families: 29,
    persons: 36,
    visits: 151,
    neverMet: 1,
    newFamilies: 7,
    rare: { CHI: 1, DIS: 1 },
  },
  {
    key: 'VALMIERA',
    prefix: 'VAL',
    mediator: 'Ainis P.',
    socialWorker: 'Vija Z.',
    families: 22,
    persons: 27,
    visits: 133,
    neverMet: 1,
    newFamilies: 5,
    rare: { CHI: 0, DIS: 0 },
  },
  {
    key: 'VENTSPILS',
    prefix: 'VEN',
    mediator: 'Tālis M.',
    socialWorker: 'Maruta G.',
    families: 34,
    persons: 45,
    visits: 242,
    neverMet: 2,
    newFamilies: 6,
    rare: { CHI: 1, DIS: 1 },
  },
];

export const platformII = {
  name: 'Latvijas romu platforma II',
  nameEn: 'Latvian Roma Platform II',
  grantNumber: '763963-NRP2-LV',
  startsOn: '2017-10-01',
  endsOn: '2018-05-31',
  funder:
    'Eiropas Komisijas programma „Tiesības, vienlīdzība un pilsonība” (2014–2020) un Latvijas Republikas Kultūras ministrija',
  funderEn:
    'Rights, Equality and Citizenship Programme (2014–2020) of the European Commission and the Ministry of Culture of the Republic of Latvia',
} as const;

/** Invented, with an invented grant number. */
export const currentProject = {
  name: 'Romu mediatoru atbalsts 2026',
  nameEn: 'Support for Roma Mediators 2026',
  grantNumber: 'PARAUGS-2026-01',
  startsOn: '2026-01-01',
  funder: 'Parauga finansētājs (izdomāts)',
  funderEn: 'Sample funder (invented)',
} as const;
