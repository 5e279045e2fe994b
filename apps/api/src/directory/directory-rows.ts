import { institutionKinds, type InstitutionKind } from '@tilts/domain';
import { municipalityId, municipalitySeed } from '../municipalities/municipality-seed.js';
import { referenceId } from '../municipalities/reference-id.js';
import type { Institution, Service } from './institution.entity.js';
import {
  answerDaysByKind,
  exampleKinds,
  hoursByKind,
  institutionsByCity,
  keepPlainCalendar,
  nationalInstitutions,
  type SeedInstitution,
} from './institutions-seed.js';
import { servicesByKind } from './services-seed.js';

/** Where those sit that work in the whole country. */
const CAPITAL = 'Rīga';

/** Institutions of the seed with their services. */
export interface DirectoryRows {
  institutions: Institution[];
  services: Service[];
}

/** The id of a seeded institution; `municipality` null: one that works in the whole country. */
export function institutionId(municipality: string | null, kind: InstitutionKind): string {
  return referenceId('institution', municipality ?? 'LATVIA', kind);
}

/** For demo and tests: with invented streets, phones and hours. `city` null: the whole country's. A city has at most one of a kind. */
export function exampleDirectory(city: string | null): DirectoryRows {
  return rowsOf(city, seedsOf(city), (seed) => inventedContacts(city, seed));
}

/** For an installation in real use: offices that exist, what they do and in how many days they answer; contacts are typed by whoever knows them. */
export function realDirectory(city: string | null): DirectoryRows {
  const real = seedsOf(city).filter(({ kind }) => !exampleKinds.includes(kind));
  return rowsOf(city, real, () => ({ address: null, phone: null, email: null, hours: null, confirmedOn: null }));
}

type Contacts = Pick<Institution, 'address' | 'phone' | 'email' | 'hours' | 'confirmedOn'>;

function seedsOf(city: string | null): readonly SeedInstitution[] {
  return city === null ? nationalInstitutions : (institutionsByCity[city] ?? []);
}

function rowsOf(
  city: string | null,
  seeds: readonly SeedInstitution[],
  contacts: (seed: SeedInstitution) => Contacts,
): DirectoryRows {
  return {
    institutions: seeds.map((seed) => ({
      id: institutionId(city, seed.kind),
      municipalityId: city && municipalityId(city),
      kind: seed.kind,
      name: seed.name,
      answerDays: seed.answerDays ?? answerDaysByKind[seed.kind] ?? answerDaysByKind.other,
      followsMovedDays: !keepPlainCalendar.includes(seed.kind),
      closedOn: null,
      version: 1,
      ...contacts(seed),
    })),
    services: seeds.flatMap(({ kind }) => servicesOf(city, kind)),
  };
}

function inventedContacts(city: string | null, { kind, street, confirmedOn }: SeedInstitution): Contacts {
  const cities = municipalitySeed.map(({ key }) => key);
  const at = city === null ? cities.length : cities.indexOf(city);
  const town = municipalitySeed[at]?.name ?? CAPITAL;
  return {
    address: street ? `${street}, ${town}` : null,
    // Invented on purpose: numbers from an empty block, and a domain that can never exist (RFC 2606).
    phone: `+371 6000${at}${String(institutionKinds.values.indexOf(kind)).padStart(3, '0')}`,
    email: `${kind.toLowerCase()}@${city?.toLowerCase() ?? 'latvija'}.example`,
    hours: hoursByKind[kind] ?? hoursByKind.other,
    confirmedOn: confirmedOn ?? null,
  };
}

function servicesOf(city: string | null, kind: InstitutionKind): Service[] {
  return servicesByKind[kind].map((service, at) => ({
    id: referenceId('service', city ?? 'LATVIA', kind, at + 1),
    institutionId: institutionId(city, kind),
    name: service.name,
    description: service.description ?? null,
    needAreas: service.needAreas,
    requiredDocuments: service.requiredDocuments ?? null,
    fees: service.fees ?? null,
    status: 'active',
    version: 1,
  }));
}
