import { Injectable } from '@nestjs/common';
import {
  DomainError,
  newId,
  type BroughtFamily,
  type CommitImport,
  type ImportCheck,
  type ImportedFamily,
  type ImportPart,
  type ImportStatus,
  type ImportView,
  type NewImport,
  type Page,
  IMPORT_HOURS,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { RegistrationService } from '../registration/registration.service.js';
import { FamilyImport, FamilyImportPart, FamilyOfImport } from './family-import.entity.js';
import { ImportList, personsOf, type Announced } from './import-list.js';
import {
  askProgress,
  broughtFamilies,
  discardOthers,
  discardPartsOfOthers,
  lockImport,
  oneImport,
  ownImports,
  tellProgress,
} from './import-statements.js';

type Row = Announced & Pick<ImportView, 'startedAt' | 'writtenAt' | 'removed'> & { undoneAt: string | null };

/** PostgreSQL reads this many parameters of one statement at most, and a row of this table takes five. */
const ROWS_OF_A_STATEMENT = 500;

/** Takes over a list of families that a mediator has already: in parts, tried before it is written, written whole or not at all. */
@Injectable()
export class ImportService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly mediators: MediatorService,
    private readonly families: FamilyService,
    private readonly registration: RegistrationService,
    private readonly lists: ImportList,
  ) {}

  async list(): Promise<Page<ImportView>> {
    const rows = await this.transaction.query<Row>(ownImports, [this.transaction.now]);
    const items: ImportView[] = [];
    for (const row of rows) items.push(await this.viewOf(row));
    return { items, next: null };
  }

  async read(id: string): Promise<ImportView> {
    return this.viewOf(await this.row(id));
  }

  async begin(announced: NewImport): Promise<ImportView> {
    const kept = await createOnce(this.transaction, {
      id: announced.id,
      find: () => this.find(announced.id),
      same: (row) =>
        (['municipalityId', 'families', 'persons', 'parts'] as const).every((it) => row[it] === announced[it]),
      create: () => this.create(announced),
    });
    return this.viewOf(kept);
  }

  async addPart(id: string, part: ImportPart): Promise<ImportView> {
    const row = await this.waiting(id);
    const alien = part.families.findIndex((family) => family.municipalityId !== row.municipalityId);
    if (alien >= 0) refuse(`families.${alien}.municipalityId`, 'mismatch');
    if (part.number > row.parts) refuse('number', 'tooLarge');
    await this.lists.keep(id, part.number, part.families, newId());
    const view = await this.read(id);
    // Nobody fills the database, or the memory of who reads it, with more than was announced.
    if (view.received > view.persons) refuse('families', 'tooLarge');
    return view;
  }

  async check(id: string): Promise<ImportCheck> {
    const row = await this.row(id);
    const families = await this.lists.read(id);
    return {
      families: families.length,
      persons: personsOf(families),
      obstacles: await this.lists.obstacles(row, families),
      alike: await this.lists.alike(families),
    };
  }

  /** Sent twice it writes once, and answers the same. */
  async commit(id: string, { leaveOut }: CommitImport): Promise<ImportView> {
    await this.transaction.query(lockImport, [id]);
    const row = await this.row(id);
    if (row.writtenAt) return this.viewOf(row);
    const all = await this.lists.read(id);
    const obstacles = await this.lists.obstacles(row, all);
    if (obstacles.some(({ obstacle }) => obstacle === 'incomplete')) throw new DomainError('IMPORT_INCOMPLETE');
    if (obstacles.some(({ obstacle }) => obstacle === 'noAssignment')) throw new DomainError('NO_ASSIGNMENT');
    if (obstacles.length > 0) throw new DomainError('IMPORT_HAS_OBSTACLES', { count: obstacles.length });
    const families = all.filter((family) => !leaveOut?.includes(family.id));
    if (families.length === 0) throw new DomainError('IMPORT_INCOMPLETE');
    await this.write(row, families);
    return this.read(id);
  }

  async undo(id: string): Promise<ImportView> {
    await this.transaction.query(lockImport, [id]);
    const row = await this.row(id);
    if (row.undoneAt) return this.viewOf(row);
    if (!row.writtenAt) throw new DomainError('IMPORT_INCOMPLETE');
    const { requestId } = this.transaction;
    const [undone] = await this.transaction.query<{ removed: number | null }>(
      'SELECT undo_import($1::uuid, $2) AS removed',
      [id, requestId],
    );
    if (undone?.removed === null || undone?.removed === undefined) throw new DomainError('IMPORT_UNDO_TOO_LATE');
    return this.read(id);
  }

  async discard(id: string): Promise<void> {
    await this.waiting(id);
    await this.drop(id);
    await this.transaction.manager.delete(FamilyImport, { id });
  }

  private async create({ id, municipalityId, families, persons, parts }: NewImport): Promise<void> {
    const { manager, session, now } = this.transaction;
    const places = await this.mediators.workPlaces();
    if (!places.some((place) => place.municipalityId === municipalityId)) throw new DomainError('NO_ASSIGNMENT');
    for (const discard of [discardPartsOfOthers, discardOthers])
      await this.transaction.query(discard, [session.accountId]);
    await manager.insert(FamilyImport, {
      id,
      accountId: session.accountId,
      municipalityId,
      families,
      persons,
      parts,
      startedAt: now,
      writtenAt: null,
      undoneAt: null,
      removed: 0,
    });
  }

  private async write({ id, municipalityId }: Row, families: readonly ImportedFamily[]): Promise<void> {
    const { manager, now } = this.transaction;
    const tell = async (written: number): Promise<void> => {
      await this.transaction.query(tellProgress, [id, personsOf(families.slice(0, written))]);
    };
    await tell(0);
    await this.registration.registerAll(municipalityId, families, tell).catch((error: unknown) => {
      // An id that somebody else has: the list was made by no page of ours.
      throw isUniqueViolation(error) ? new DomainError('IMPORT_HAS_OBSTACLES', { count: 1 }) : error;
    });
    for (let at = 0; at < families.length; at += ROWS_OF_A_STATEMENT)
      await manager.insert(
        FamilyOfImport,
        families.slice(at, at + ROWS_OF_A_STATEMENT).map((family) => ({
          municipalityId,
          familyId: family.id,
          importId: id,
          consentId: family.consent.id,
          personIds: family.persons.map((person) => person.id),
        })),
      );
    const written = { writtenAt: now, families: families.length, persons: personsOf(families) };
    await manager.update(FamilyImport, { id }, written);
    // What is registered now is kept where it belongs and nowhere else.
    await this.drop(id);
  }

  private async drop(importId: string): Promise<void> {
    await this.transaction.manager.delete(FamilyImportPart, { importId });
  }

  private async find(id: string): Promise<Row | undefined> {
    return (await this.transaction.query<Row>(oneImport, [this.transaction.now, id]))[0];
  }

  private async row(id: string): Promise<Row> {
    const row = await this.find(id);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  /** A list that nobody confirmed yet. */
  private async waiting(id: string): Promise<Row> {
    await this.transaction.query(lockImport, [id]);
    const row = await this.row(id);
    if (row.writtenAt) throw new DomainError('IMPORT_WRITTEN');
    return row;
  }

  private async viewOf(row: Row): Promise<ImportView> {
    const { writtenAt, startedAt } = row;
    const until = Date.parse(writtenAt ?? startedAt) + IMPORT_HOURS * 3_600_000;
    return {
      ...row,
      status: statusOf(row),
      received: writtenAt ? row.persons : row.receivedPersons,
      writing: writtenAt ? null : await this.writing(row.id),
      until: new Date(until).toISOString(),
      brought: writtenAt ? await this.brought(row.id) : [],
    };
  }

  private async writing(id: string): Promise<number | null> {
    const [progress] = await this.transaction.query<{ persons: number }>(askProgress, [id]);
    return progress?.persons ?? null;
  }

  private async brought(id: string): Promise<BroughtFamily[]> {
    const ids = new Set((await this.transaction.query<{ id: string }>(broughtFamilies, [id])).map((row) => row.id));
    return ids.size === 0 ? [] : (await this.families.list()).items.filter((family) => ids.has(family.id));
  }
}

function statusOf(row: Row): ImportStatus {
  if (row.undoneAt) return 'undone';
  if (row.writtenAt) return 'written';
  return row.receivedParts === row.parts && row.receivedPersons === row.persons ? 'received' : 'receiving';
}

function refuse(field: string, code: 'mismatch' | 'tooLarge'): never {
  throw new DomainError('INVALID_INPUT', {}, [{ field, code }]);
}

function isUniqueViolation(error: unknown): boolean {
  const { code, driverError } = (error ?? {}) as { code?: string; driverError?: { code?: string } };
  return (driverError?.code ?? code) === '23505';
}
