import { ImportPart, importEndpoints, type ImportedFamily } from '@tilts/domain';
import { aMember, anImport, anImportedFamily } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import type { Somebody } from '../test-app.js';

/** A list of that many families of two, called by their numbers. */
export function aList(count: number, municipality = municipalityId('JELGAVA')): ImportedFamily[] {
  return Array.from({ length: count }, (_, i) =>
    anImportedFamily({
      municipalityId: municipality,
      name: `Ģimene ${i + 1}`,
      line: 2 + 2 * i,
      persons: [
        aMember({ firstName: `Anna${i}`, lastName: `Priede${i}`, birthYear: 1980, householdRole: 'contact' }),
        aMember({ firstName: `Jānis${i}`, lastName: `Priede${i}`, birthYear: 2012, gender: 'man' }),
      ],
    }),
  );
}

export function aPart(number: number, families: ImportedFamily[]): ImportPart {
  return Object.assign(new ImportPart(), { number, families });
}

/** Announced and handed in, in parts of `size` families. */
export async function handedIn(mediator: Somebody, families: ImportedFamily[], size = 50): Promise<string> {
  const parts = Math.ceil(families.length / size);
  const input = anImport(families, { parts });
  await mediator.call(importEndpoints.begin, { input });
  for (let i = 0; i < parts; i += 1)
    await mediator.call(importEndpoints.addPart, {
      params: { id: input.id },
      input: aPart(i + 1, families.slice(i * size, (i + 1) * size)),
    });
  return input.id;
}
