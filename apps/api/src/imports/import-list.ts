import { Injectable } from '@nestjs/common';
import { alikeOf, type AlikeView, type ImportedFamily, type ImportObstacleView } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import { FamilyService } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { PersonService } from '../persons/person.service.js';
import { FamilyImportPart } from './family-import.entity.js';
import { partsOfImport, registeredIds, samePart } from './import-statements.js';

/** What was announced of a list, and what of it has arrived. */
export interface Announced {
  id: string;
  municipalityId: string;
  families: number;
  persons: number;
  parts: number;
  receivedParts: number;
  receivedPersons: number;
}

/** The list itself while it waits for its yes: its parts, sealed with the mediator's salt, and what keeps it from being written. */
@Injectable()
export class ImportList {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly mediators: MediatorService,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
  ) {}

  /** A part that is sent again takes the place of the first. */
  async keep(importId: string, number: number, families: readonly ImportedFamily[], partId: string): Promise<void> {
    const { manager, session } = this.transaction;
    const [same] = await this.transaction.query<{ id: string }>(samePart, [importId, number]);
    const id = same?.id ?? partId;
    const facts = { families: families.length, persons: personsOf(families) };
    const sealed = this.seals.seal(placeOf(id), await this.salt(), { families });
    if (same) await manager.update(FamilyImportPart, { id }, { ...facts, sealed });
    else
      await manager.insert(FamilyImportPart, { id, importId, accountId: session.accountId, number, ...facts, sealed });
  }

  async read(importId: string): Promise<ImportedFamily[]> {
    const salt = await this.salt();
    const parts = await this.transaction.query<{ id: string; sealed: Buffer }>(partsOfImport, [importId]);
    return parts.flatMap(
      ({ id, sealed }) => this.seals.unseal<{ families: ImportedFamily[] }>(placeOf(id), salt, sealed).families,
    );
  }

  /** Nothing of the list may be written while one of these is there. */
  async obstacles(announced: Announced, families: readonly ImportedFamily[]): Promise<ImportObstacleView[]> {
    const found: ImportObstacleView[] = [];
    const { municipalityId } = announced;
    if (!isWhole(announced, families)) found.push({ obstacle: 'incomplete', line: null });
    const places = await this.mediators.workPlaces();
    if (!places.some((place) => place.municipalityId === municipalityId))
      found.push({ obstacle: 'noAssignment', line: null });
    const seen = new Set<string>();
    for (const family of families) {
      const ids = [family.id, family.consent.id, ...family.persons.map((person) => person.id)];
      const before = seen.size;
      for (const id of ids) seen.add(id);
      if (seen.size < before + ids.length || family.municipalityId !== municipalityId)
        found.push({ obstacle: 'repeated', line: family.line });
    }
    const known = await this.transaction.query<{ id: string }>(registeredIds, [
      families.map((family) => family.id),
      families.flatMap((family) => family.persons.map((person) => person.id)),
    ]);
    const registered = new Set(known.map(({ id }) => id));
    for (const family of families) {
      if (registered.has(family.id) || family.persons.some((person) => registered.has(person.id)))
        found.push({ obstacle: 'registered', line: family.line });
    }
    return found;
  }

  /** Within the caller's reach only: whether another mediator has them is nobody's business. */
  async alike(families: readonly ImportedFamily[]): Promise<AlikeView[]> {
    const codes = new Map((await this.families.list()).items.map((family) => [family.id, family.code]));
    const registered = (await this.persons.list({})).items;
    return alikeOf(
      families,
      registered.map((person) => ({ ...person, code: codes.get(person.familyId) ?? '' })),
    );
  }

  private async salt(): Promise<Buffer> {
    const [account] = await this.transaction.query<{ salt: Buffer }>('SELECT salt FROM account WHERE id = $1', [
      this.transaction.session.accountId,
    ]);
    if (!account) throw new Error('The account of this session has no salt');
    return account.salt;
  }
}

export function personsOf(families: readonly ImportedFamily[]): number {
  return families.reduce((sum, family) => sum + family.persons.length, 0);
}

function isWhole(announced: Announced, families: readonly ImportedFamily[]): boolean {
  return (
    announced.receivedParts === announced.parts &&
    families.length === announced.families &&
    personsOf(families) === announced.persons
  );
}

function placeOf(id: string): Place {
  return { table: 'family_import_part', id, tenant: EVERYWHERE };
}
