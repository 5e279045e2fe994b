import type { Municipality, MunicipalityPeriod } from './municipality.entity.js';
import { referenceId } from './reference-id.js';

/** Codes and names of the Classifier of Administrative Territories changed on 1 July 2021 (Cabinet Regulation 379). */
const LAST_OLD_DAY = '2021-06-30';
const FIRST_NEW_DAY = '2021-07-01';

export interface SeedMunicipality {
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

/** A municipality of the seed as it is kept. */
export function seedMunicipality({ key, familyPrefix, name, nameIn, before, now }: SeedMunicipality): {
  municipality: Municipality;
  periods: MunicipalityPeriod[];
} {
  const municipalityId = referenceId('municipality', key);
  const period = (
    nth: number,
    validFrom: string | null,
    validTo: string | null,
    named: typeof now,
  ): MunicipalityPeriod => ({
    id: referenceId('period', key, nth),
    municipalityId,
    validFrom,
    validTo,
    ...named,
  });
  return {
    municipality: { id: municipalityId, key, familyPrefix, name, nameIn, version: 1 },
    periods: [period(1, null, LAST_OLD_DAY, before), period(2, FIRST_NEW_DAY, null, now)],
  };
}
