import { Injectable } from '@nestjs/common';
import {
  DomainError,
  institutionKinds,
  type InstitutionFilter,
  type InstitutionRecord,
  type InstitutionView,
  type Page,
  type Paging,
  type RegisterFilter,
  type ServiceView,
} from '@tilts/domain';
import { Conditions } from '../database/conditions.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut } from '../platform/paging.js';
import { WorkingDays } from './working-days.js';

type Row = Omit<InstitutionRecord, 'services' | 'answerBy'>;

/** The directory is looked through as a whole, so a page is as large as it may be. */
const PAGE = 100;

/** Somebody there can sign in: was invited, came, and has not left. Accounts are known to everybody who is signed in, their names are not. */
export function hasUsers(institution: string): string {
  return `EXISTS (SELECT FROM account a WHERE a.institution_id = ${institution}.id AND a.joined_at IS NOT NULL AND a.ended_at IS NULL)`;
}

const columns = `
  i.id, i.municipality_id AS "municipalityId", i.kind, i.name, i.address, i.phone, i.email, i.hours, i.answer_days AS "answerDays",
  i.follows_moved_days AS "followsMovedDays", i.confirmed_on AS "confirmedOn", i.closed_on AS "closedOn", i.version, ${hasUsers('i')} AS "hasUsers"`;

const servicesOf = `
  SELECT institution_id AS "institutionId", id, name, description, need_areas AS "needAreas", required_documents AS "requiredDocuments", fees, status, version
  FROM service WHERE institution_id = ANY ($1) ORDER BY name, id`;

const helpsWith = (need: string): string =>
  `EXISTS (SELECT FROM service s WHERE s.institution_id = i.id AND s.status = 'active' AND s.need_areas @> ARRAY[${need}::text])`;

/** The directory of those who can help: contacts, hours, what to bring, and by when they would answer. */
@Injectable()
export class InstitutionService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly days: WorkingDays,
  ) {}

  /** What may be asked for help today. */
  async list(filter: InstitutionFilter): Promise<Page<InstitutionView>> {
    const where = new Conditions();
    where.add((today) => `(i.closed_on IS NULL OR i.closed_on > ${today}::date)`, this.transaction.today);
    if (filter.municipalityId)
      where.add(
        (municipality) => `(i.municipality_id = ${municipality} OR i.municipality_id IS NULL)`,
        filter.municipalityId,
      );
    if (filter.needArea) where.add(helpsWith, filter.needArea);
    return this.page(where, filter);
  }

  /** Everything that is kept, closed ones too. */
  async register(filter: RegisterFilter): Promise<Page<InstitutionRecord>> {
    const where = new Conditions();
    if (filter.municipalityId)
      where.add((municipality) => `i.municipality_id = ${municipality}`, filter.municipalityId);
    if (filter.national) where.add(() => 'i.municipality_id IS NULL');
    return this.page(where, filter);
  }

  async read(id: string): Promise<InstitutionRecord> {
    const institution = await this.find(id);
    if (!institution) throw new DomainError('NOT_FOUND');
    return institution;
  }

  async find(id: string): Promise<InstitutionRecord | undefined> {
    const rows = await this.transaction.query<Row>(`SELECT ${columns} FROM institution i WHERE i.id = $1`, [id]);
    const [institution] = await this.complete(rows);
    return institution;
  }

  /** In the order of kinds that the domain declares: the social service first. */
  private async page(where: Conditions, filter: Paging): Promise<Page<InstitutionRecord>> {
    const limit = filter.limit ?? PAGE;
    const kind = `array_position(${where.mark(institutionKinds.values)}::text[], i.kind)`;
    const [at, id] = afterOf(filter, 'number', 'id');
    if (at && id) where.add((a, i) => `(${kind}, i.id) > (${a}::bigint, ${i}::uuid)`, at, id);
    const sql = `SELECT ${columns} FROM institution i WHERE ${where} ORDER BY ${kind}, i.id LIMIT ${where.mark(limit + 1)}`;
    const rows = await this.transaction.query<Row>(sql, where.parameters);
    const page = cut(rows, limit, (row) => [String(institutionKinds.values.indexOf(row.kind) + 1), row.id]);
    return { items: await this.complete(page.items), next: page.next };
  }

  private async complete(rows: Row[]): Promise<InstitutionRecord[]> {
    const services = await this.transaction.query<ServiceView & { institutionId: string }>(servicesOf, [
      rows.map((row) => row.id),
    ]);
    return Promise.all(
      rows.map(async (row) => ({
        ...row,
        answerBy: await this.days.dueOn(row, this.transaction.today),
        services: services.filter((service) => service.institutionId === row.id),
      })),
    );
  }
}
