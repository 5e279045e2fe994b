import { Injectable } from '@nestjs/common';
import {
  DomainError,
  institutionKinds,
  type InstitutionFilter,
  type InstitutionView,
  type Page,
  type ServiceView,
} from '@tilts/domain';
import { Conditions } from '../database/conditions.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut } from '../platform/paging.js';
import { WorkingDays } from './working-days.js';

/** What referrals need to know of an institution beside what people see. */
export interface InstitutionFacts extends InstitutionView {
  followsMovedDays: boolean;
}
type Row = Omit<InstitutionFacts, 'services' | 'answerBy'>;

/** The directory is looked through as a whole, so a page is as large as it may be. */
const PAGE = 100;

const columns = `
  i.id, i.municipality_id AS "municipalityId", i.kind, i.name, i.address, i.phone, i.email, i.hours, i.answer_days AS "answerDays",
  i.has_users AS "hasUsers", i.follows_moved_days AS "followsMovedDays", i.confirmed_on AS "confirmedOn"`;

const servicesOf = `
  SELECT institution_id AS "institutionId", id, name, description, need_areas AS "needAreas", required_documents AS "requiredDocuments", fees, status
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

  /** In the order of kinds that the domain declares: the social service first. */
  async list(filter: InstitutionFilter): Promise<Page<InstitutionView>> {
    const limit = filter.limit ?? PAGE;
    const where = new Conditions();
    const kind = `array_position(${where.mark(institutionKinds.values)}::text[], i.kind)`;
    if (filter.municipalityId)
      where.add(
        (municipality) => `(i.municipality_id = ${municipality} OR i.municipality_id IS NULL)`,
        filter.municipalityId,
      );
    if (filter.needArea) where.add(helpsWith, filter.needArea);
    const [at, id] = afterOf(filter, 'number', 'id');
    if (at && id) where.add((a, i) => `(${kind}, i.id) > (${a}::bigint, ${i}::uuid)`, at, id);
    const sql = `SELECT ${columns} FROM institution i WHERE ${where} ORDER BY ${kind}, i.id LIMIT ${where.mark(limit + 1)}`;
    const rows = await this.transaction.query<Row>(sql, where.parameters);
    const page = cut(rows, limit, (row) => [String(institutionKinds.values.indexOf(row.kind) + 1), row.id]);
    return { items: await this.complete(page.items), next: page.next };
  }

  async read(id: string): Promise<InstitutionFacts> {
    const rows = await this.transaction.query<Row>(`SELECT ${columns} FROM institution i WHERE i.id = $1`, [id]);
    const [institution] = await this.complete(rows);
    if (!institution) throw new DomainError('NOT_FOUND');
    return institution;
  }

  private async complete(rows: Row[]): Promise<InstitutionFacts[]> {
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
