import { institutionKinds, type InstitutionKind } from '@tilts/domain';
import { municipalityId, municipalitySeed } from '../municipalities/municipality-seed.js';
import { referenceId } from '../municipalities/reference-id.js';
import {
  answerDaysByKind,
  hoursByKind,
  institutionsByCity,
  keepPlainCalendar,
  kindsWithUsers,
  nationalInstitutions,
  type SeedInstitution,
} from './institutions-seed.js';
import { servicesByKind } from './services-seed.js';

/** Where those sit that work in the whole country. */
const CAPITAL = 'Rīga';

/** The id of a seeded institution; `municipality` null: one that works in the whole country. */
export function institutionId(municipality: string | null, kind: InstitutionKind): string {
  return referenceId('institution', municipality ?? 'LATVIA', kind);
}

/** Rows of the tables institution and service. A seed has at most one institution of a kind in a city. */
export function directoryRows(): { institutions: object[]; services: object[] } {
  const cities = [...municipalitySeed.map((city) => city.key), null];
  const all = cities.flatMap((city, at) =>
    (city === null ? nationalInstitutions : (institutionsByCity[city] ?? [])).map((seed) => ({ city, at, seed })),
  );
  return {
    institutions: all.map(({ city, at, seed }) => institutionRow(city, at, seed)),
    services: all.flatMap(({ city, seed }) => serviceRows(city, seed.kind)),
  };
}

function institutionRow(city: string | null, at: number, seed: SeedInstitution): object {
  const { kind } = seed;
  const town = municipalitySeed.find((municipality) => municipality.key === city)?.name ?? CAPITAL;
  return {
    id: institutionId(city, kind),
    municipality_id: city && municipalityId(city),
    kind,
    name: seed.name,
    address: seed.street ? `${seed.street}, ${town}` : null,
    // Invented on purpose: numbers from an empty block, and a domain that can never exist (RFC 2606).
    phone: `+371 6000${at}${String(institutionKinds.values.indexOf(kind)).padStart(3, '0')}`,
    email: `${kind.toLowerCase()}@${city?.toLowerCase() ?? 'latvija'}.example`,
    hours: hoursByKind[kind] ?? hoursByKind.other,
    answer_days: seed.answerDays ?? answerDaysByKind[kind] ?? answerDaysByKind.other,
    has_users: kindsWithUsers.includes(kind),
    follows_moved_days: !keepPlainCalendar.includes(kind),
    confirmed_on: seed.confirmedOn ?? null,
  };
}

function serviceRows(city: string | null, kind: InstitutionKind): object[] {
  return servicesByKind[kind].map((service, at) => ({
    id: referenceId('service', city ?? 'LATVIA', kind, at + 1),
    institution_id: institutionId(city, kind),
    name: service.name,
    description: service.description ?? null,
    need_areas: service.needAreas,
    required_documents: service.requiredDocuments ?? null,
    fees: service.fees ?? null,
    status: 'active',
  }));
}
