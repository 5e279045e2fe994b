import { referenceId } from './reference-id.js';

/** Codes and names of the Classifier of Administrative Territories changed on 1 July 2021 (Cabinet Regulation 379). */
const LAST_OLD_DAY = '2021-06-30';
const FIRST_NEW_DAY = '2021-07-01';

interface SeedMunicipality {
  key: string;
  familyPrefix: string;
  name: string;
  /** Latvian locative. */
  nameIn: string;
  before: { atvk: string; name: string };
  now: { atvk: string; name: string };
}

/** Dobele and Valmiera are larger areas since 2021: the names before and after do not mean the same place. */
export const municipalitySeed: readonly SeedMunicipality[] = [
  {
    key: 'JELGAVA',
    familyPrefix: 'JEL',
    name: 'Jelgava',
    nameIn: 'Jelgavā',
    before: { atvk: '0090000', name: 'Jelgava' },
    now: { atvk: '0003000', name: 'Jelgavas valstspilsēta' },
  },
  {
    key: 'DOBELE',
    familyPrefix: 'DOB',
    name: 'Dobele',
    nameIn: 'Dobelē',
    before: { atvk: '0460200', name: 'Dobeles novads' },
    now: { atvk: '0028000', name: 'Dobeles novads' },
  },
  {
    key: 'RIGA',
    familyPrefix: 'RIG',
    name: 'Rīga',
    nameIn: 'Rīgā',
    before: { atvk: '0010000', name: 'Rīga' },
    now: { atvk: '0001000', name: 'Rīgas valstspilsēta' },
  },
  {
    key: 'VALMIERA',
    familyPrefix: 'VAL',
    name: 'Valmiera',
    nameIn: 'Valmierā',
    before: { atvk: '0250000', name: 'Valmiera' },
    now: { atvk: '0054000', name: 'Valmieras novads' },
  },
  {
    key: 'VENTSPILS',
    familyPrefix: 'VEN',
    name: 'Ventspils',
    nameIn: 'Ventspilī',
    before: { atvk: '0270000', name: 'Ventspils' },
    now: { atvk: '0007000', name: 'Ventspils valstspilsēta' },
  },
];

export function municipalityId(key: string): string {
  return referenceId('municipality', key);
}

/** Rows of the tables municipality and municipality_period. */
export function municipalityRows(): { municipalities: object[]; periods: object[] } {
  const municipalities = municipalitySeed.map(({ key, familyPrefix, name, nameIn }) => {
    return { id: municipalityId(key), key, family_prefix: familyPrefix, name, name_in: nameIn };
  });
  const periods = municipalitySeed.flatMap(({ key, before, now }) => [
    {
      id: referenceId('period', key, 1),
      municipality_id: municipalityId(key),
      valid_from: null,
      valid_to: LAST_OLD_DAY,
      ...before,
    },
    {
      id: referenceId('period', key, 2),
      municipality_id: municipalityId(key),
      valid_from: FIRST_NEW_DAY,
      valid_to: null,
      ...now,
    },
  ]);
  return { municipalities, periods };
}
