import type { EntityManager } from 'typeorm';
import { Municipality, MunicipalityPeriod } from '../municipalities/municipality.entity.js';
import { municipalitySeed, seedMunicipality } from '../municipalities/municipality-seed.js';
import { exampleDirectory, realDirectory } from './directory-rows.js';
import { Institution, Service } from './institution.entity.js';
import { WorkingDayException } from './working-day-exception.entity.js';
import { workingDayExceptions } from './working-days-seed.js';

/** What every installation is given once. A later version that knows more adds a set; the name of a set that was written is never used again. */
const sets: Record<string, (manager: EntityManager) => Promise<void>> = {
  national: async (manager) => {
    const { institutions, services } = realDirectory(null);
    await addMissing(manager, Institution, institutions);
    await addMissing(manager, Service, services);
  },
  workingDays: (manager) => addMissing(manager, WorkingDayException, workingDayExceptions),
};

/**
 * Writes what an installation begins with: the institutions of the whole country, and days that work differently. Runs as the
 * owner after each migrate; each set once, and never over a row that is there: from then on the directory is its coordinator's.
 */
export async function loadReferenceData(manager: EntityManager): Promise<void> {
  for (const [name, write] of Object.entries(sets)) {
    const first = (await manager.query(
      'INSERT INTO reference_set (name, written_at) VALUES ($1, now()) ON CONFLICT (name) DO NOTHING RETURNING name',
      [name],
    )) as object[];
    if (first.length > 0) await write(manager);
  }
}

/** Everything that the seed knows, with invented contacts: for the demo and for tests, on an installation that nobody uses yet. */
export async function loadExampleDirectory(manager: EntityManager): Promise<void> {
  const cities = municipalitySeed.map(seedMunicipality);
  await manager.upsert(
    Municipality,
    cities.map(({ municipality }) => municipality),
    ['id'],
  );
  await manager.upsert(
    MunicipalityPeriod,
    cities.flatMap(({ periods }) => periods),
    ['id'],
  );
  const directories = [...municipalitySeed.map(({ key }) => key), null].map(exampleDirectory);
  await manager.upsert(
    Institution,
    directories.flatMap(({ institutions }) => institutions),
    ['id'],
  );
  await manager.upsert(
    Service,
    directories.flatMap(({ services }) => services),
    ['id'],
  );
}

async function addMissing<T extends object>(
  manager: EntityManager,
  entity: new () => T,
  rows: readonly T[],
): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values([...rows])
    .orIgnore()
    .execute();
}
