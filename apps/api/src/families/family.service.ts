import { Injectable } from '@nestjs/common';
import {
  DomainError,
  FamilyDetails,
  sameContent,
  type FamilyChange,
  type FamilyStatus,
  type FamilyView,
  type Page,
} from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals, type Place } from '../database/seals.js';
import { sensitiveOf } from '../database/sensitive-fields.js';
import { Family, FamilySalt } from './family.entity.js';

/** What everything about a family begins with: whose city, is it open, and the salt that its seals are made with. */
export interface FamilyHeader {
  id: string;
  municipalityId: string;
  code: string;
  status: FamilyStatus;
  version: number;
  salt: Buffer;
}

/** Says whether the yes to being recorded holds of every one of these families. */
export type Ground = (families: readonly FamilyHeader[]) => Promise<boolean>;

type Row = FamilyHeader & Omit<FamilyView, keyof FamilyDetails> & { sealed: Buffer };

// Row security decides which families exist for the caller. A family whose salt was deleted is erased: it is not there.
const families = `
  SELECT f.id, f.municipality_id AS "municipalityId", f.code, f.status, f.close_reason AS "closeReason", f.opened_on AS "openedOn", f.closed_on AS "closedOn",
    f.last_contact_on AS "lastContactOn", f.version, f.sealed, s.salt
  FROM family f JOIN family_salt s ON s.municipality_id = f.municipality_id AND s.family_id = f.id`;
const allFamilies = `${families} ORDER BY f.code`;
const oneFamily = `${families} WHERE f.id = $1`;
const someFamilies = `${families} WHERE f.id = ANY ($1) ORDER BY f.code`;

/** The families in a mediator's reach: their names and contacts, their standing, and whether something new may be written. */
@Injectable()
export class FamilyService {
  private ground: Ground | undefined;

  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
  ) {}

  /** Consents stand to the right of families, so they hand in the question that only they can answer. */
  groundIs(ground: Ground): void {
    this.ground = ground;
  }

  async list(): Promise<Page<FamilyView>> {
    const rows = await this.transaction.query<Row>(allFamilies);
    return { items: rows.map((row) => this.viewOf(row)), next: null };
  }

  /** Those of them that are in reach. */
  async readSome(ids: readonly string[]): Promise<FamilyView[]> {
    const rows = await this.transaction.query<Row>(someFamilies, [ids]);
    return rows.map((row) => this.viewOf(row));
  }

  async read(id: string): Promise<FamilyView> {
    return this.viewOf(await this.row(id));
  }

  /** What is kept under this id within the caller's reach. */
  async find(id: string): Promise<FamilyView | undefined> {
    const [row] = await this.transaction.query<Row>(oneFamily, [id]);
    return row && this.viewOf(row);
  }

  async header(id: string): Promise<FamilyHeader> {
    return this.row(id);
  }

  /** The header of a family about which something new may be written today: open, and with a yes that holds. */
  async forNewFacts(id: string): Promise<FamilyHeader> {
    const [family] = await this.allForNewFacts([id]);
    if (!family) throw new DomainError('NOT_FOUND');
    return family;
  }

  /** The same of several, each once; one that may not be written about refuses them all. */
  async allForNewFacts(ids: readonly string[]): Promise<FamilyHeader[]> {
    const wanted = [...new Set(ids)];
    const families = await this.transaction.query<Row>(someFamilies, [wanted]);
    if (families.length !== wanted.length) throw new DomainError('NOT_FOUND');
    if (families.some(({ status }) => status === 'closed')) throw new DomainError('FAMILY_CLOSED');
    await this.requireGround(families);
    return families;
  }

  /**
   * Opens the files of families of one municipality, in two statements however many they are; their codes follow each other.
   * Called only together with their consents (registration).
   */
  async openAll<F extends FamilyDetails & { id: string }>(
    municipalityId: string,
    opened: readonly F[],
  ): Promise<{ said: F; family: FamilyHeader }[]> {
    const { manager, today, session } = this.transaction;
    const first = await this.nextCode(municipalityId);
    const files = opened.map((said, i) => {
      const salt = this.seals.newSalt();
      const header = { id: said.id, municipalityId, code: codeAfter(first, i), status: 'active' as const, version: 1 };
      return { said, header, salt, sealed: this.seals.seal(placeOf(header), salt, sensitiveOf(FamilyDetails, said)) };
    });
    await manager.insert(
      Family,
      files.map(({ header, sealed }) => ({
        ...header,
        closeReason: null,
        openedOn: today,
        closedOn: null,
        lastContactOn: null,
        createdBy: session.accountId,
        sealed,
      })),
    );
    await manager.insert(
      FamilySalt,
      files.map(({ header, salt }) => ({ municipalityId, familyId: header.id, salt })),
    );
    return files.map(({ said, header, salt }) => ({ said, family: { ...header, salt } }));
  }

  /** Closing, pausing and reopening need no yes; new words about the family do. */
  async change(id: string, change: FamilyChange): Promise<FamilyView> {
    const before = await this.row(id);
    if (!sameContent(FamilyDetails, this.wordsOf(before), change)) await this.requireGround([before]);
    const closed = change.status === 'closed';
    const { affected } = await this.transaction.manager.update(
      Family,
      { municipalityId: before.municipalityId, id, version: change.version },
      {
        status: change.status,
        closeReason: closed ? (change.closeReason ?? null) : null,
        closedOn: closed ? (before.closedOn ?? this.transaction.today) : null,
        version: change.version + 1,
        sealed: this.seals.seal(placeOf(before), before.salt, sensitiveOf(FamilyDetails, change)),
      },
    );
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    return this.read(id);
  }

  /** A family that took back its yes is written about no more, however little. */
  async requireGround(families: readonly FamilyHeader[]): Promise<void> {
    if (!this.ground) throw new Error('Nobody says whether families agreed to be recorded');
    if (!(await this.ground(families))) throw new DomainError('FAMILY_NEEDS_CONSENT');
  }

  /** Counted in the database, since a mediator does not see the other families of the city. Until the end of the transaction nobody else gets one. */
  private async nextCode(municipalityId: string): Promise<string> {
    const [row] = await this.transaction.query<{ code: string }>('SELECT next_family_code($1::uuid) AS code', [
      municipalityId,
    ]);
    if (!row) throw new Error('The database gave no family code');
    return row.code;
  }

  private async row(id: string): Promise<Row> {
    const [row] = await this.transaction.query<Row>(oneFamily, [id]);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  private viewOf(row: Row): FamilyView {
    return { ...row, ...this.wordsOf(row) };
  }

  private wordsOf(row: Row): FamilyDetails {
    return this.seals.unseal<FamilyDetails>(placeOf(row), row.salt, row.sealed);
  }
}

function placeOf(family: { id: string; municipalityId: string }): Place {
  return { table: 'family', id: family.id, tenant: family.municipalityId };
}

/** `JEL-0012` → `JEL-0015`: written as next_family_code writes it. */
function codeAfter(code: string, count: number): string {
  const dash = code.lastIndexOf('-') + 1;
  return code.slice(0, dash) + String(Number(code.slice(dash)) + count).padStart(4, '0');
}
