import { Injectable } from '@nestjs/common';
import {
  DomainError,
  municipalityKey,
  MunicipalityDetails,
  newId,
  sameContent,
  type MunicipalityChange,
  type MunicipalityPeriod,
  type MunicipalityView,
  type NewMunicipality,
  type Page,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Municipality, MunicipalityPeriod as PeriodRow } from './municipality.entity.js';

const columns = `id, key, family_prefix AS "familyPrefix", name, name_in AS "nameIn", version`;
const allMunicipalities = `SELECT ${columns} FROM municipality ORDER BY key LIMIT 100`;
const oneMunicipality = `SELECT ${columns} FROM municipality WHERE id = $1`;
const allPeriods = `
  SELECT municipality_id AS "municipalityId", valid_from AS "validFrom", valid_to AS "validTo", atvk, name FROM municipality_period
  WHERE municipality_id = ANY ($1) ORDER BY valid_from NULLS FIRST`;

/** The municipalities with the codes and names that they had and have. The whole country has 43, so the list comes whole. */
@Injectable()
export class MunicipalityService {
  constructor(private readonly transaction: RequestTransaction) {}

  async list(): Promise<Page<MunicipalityView>> {
    return {
      items: await this.withPeriods(await this.transaction.query<MunicipalityView>(allMunicipalities)),
      next: null,
    };
  }

  async create(municipality: NewMunicipality): Promise<MunicipalityView> {
    return createOnce(this.transaction, {
      id: municipality.id,
      find: () => this.find(municipality.id),
      same: (kept) => sameContent(MunicipalityDetails, kept, municipality),
      create: async () => {
        const known = await this.known();
        refuseTakenPrefix(municipality, known);
        const key = municipalityKey(
          municipality.name,
          known.map((one) => one.key),
        );
        await this.insert({ ...municipality, key });
      },
    });
  }

  /** The key stays whatever the name becomes. Family codes stay too, so the prefix is fixed by the first family. */
  async change(id: string, change: MunicipalityChange): Promise<MunicipalityView> {
    const before = await this.read(id);
    const { familyPrefix, name, nameIn, periods, version } = change;
    if (familyPrefix !== before.familyPrefix) await this.requireNoFamilies(id);
    refuseTakenPrefix({ id, familyPrefix }, await this.known());
    const { affected } = await this.transaction.manager.update(
      Municipality,
      { id, version },
      { familyPrefix, name, nameIn, version: version + 1 },
    );
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    await this.transaction.manager.delete(PeriodRow, { municipalityId: id });
    await this.insertPeriods(id, periods);
    return this.read(id);
  }

  /** Adds one whose key is known: taken over from Tilts' own list. */
  async insert({ id, key, familyPrefix, name, nameIn, periods }: Omit<MunicipalityView, 'version'>): Promise<void> {
    await this.transaction.manager.insert(Municipality, { id, key, familyPrefix, name, nameIn, version: 1 });
    await this.insertPeriods(id, periods);
  }

  async read(id: string): Promise<MunicipalityView> {
    const found = await this.find(id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  async find(id: string): Promise<MunicipalityView | undefined> {
    const [found] = await this.withPeriods(await this.transaction.query<MunicipalityView>(oneMunicipality, [id]));
    return found;
  }

  /** Those that there are; nobody adds another one until this transaction ends, so that keys and prefixes stay apart. */
  async known(): Promise<MunicipalityView[]> {
    await this.transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('municipalities', 0))`);
    return this.transaction.query<MunicipalityView>(allMunicipalities);
  }

  private async insertPeriods(municipalityId: string, periods: readonly MunicipalityPeriod[]): Promise<void> {
    await this.transaction.manager.insert(
      PeriodRow,
      periods.map(({ validFrom, validTo, atvk, name }) => ({
        id: newId(),
        municipalityId,
        validFrom: validFrom ?? null,
        validTo: validTo ?? null,
        atvk,
        name,
      })),
    );
  }

  private async withPeriods(items: MunicipalityView[]): Promise<MunicipalityView[]> {
    const periods = await this.transaction.query<MunicipalityPeriod & { municipalityId: string }>(allPeriods, [
      items.map((item) => item.id),
    ]);
    return items.map((item) => ({ ...item, periods: periods.filter((period) => period.municipalityId === item.id) }));
  }

  private async requireNoFamilies(id: string): Promise<void> {
    const [counted] = await this.transaction.query<{ families: number }>('SELECT families_registered($1) AS families', [
      id,
    ]);
    if (counted?.families !== 0) throw new DomainError('PREFIX_IN_USE');
  }
}

function refuseTakenPrefix(
  { id, familyPrefix }: Pick<MunicipalityView, 'id' | 'familyPrefix'>,
  known: readonly MunicipalityView[],
): void {
  if (known.some((other) => other.id !== id && other.familyPrefix === familyPrefix))
    throw new DomainError('INVALID_INPUT', {}, [{ field: 'familyPrefix', code: 'taken' }]);
}
