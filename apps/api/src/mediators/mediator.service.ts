import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type AssignmentFilter,
  type AssignmentView,
  type Day,
  type Page,
  type Paging,
  type ProjectView,
  type WorkPlace,
} from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { Conditions } from '../database/conditions.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';

export const projectColumns = `p.id, p.version, p.name, p.name_en AS "nameEn", p.grant_number AS "grantNumber", p.starts_on AS "startsOn", p.ends_on AS "endsOn", p.funder, p.funder_en AS "funderEn"`;
const assignmentColumns = `
  a.id, a.project_id AS "projectId", a.municipality_id AS "municipalityId", a.mediator_id AS "mediatorId", a.starts_on AS "startsOn", a.ends_on AS "endsOn",
  a.hours_per_week AS "hoursPerWeek", a.version`;

/** Of two projects at once in one municipality, the one that began last: a new project takes over where an old one runs out. */
const assignmentsOn = `
  SELECT o.project_id AS "projectId" FROM unnest($2::uuid[], $3::date[]) WITH ORDINALITY AS d (municipality_id, day, place)
  LEFT JOIN LATERAL (
    SELECT a.project_id FROM assignment a
    WHERE a.mediator_id = $1 AND a.municipality_id = d.municipality_id AND a.starts_on <= d.day AND (a.ends_on IS NULL OR a.ends_on >= d.day)
    ORDER BY a.starts_on DESC, a.id DESC LIMIT 1) o ON true
  ORDER BY d.place`;

const workPlacesOn = `
  SELECT DISTINCT m.id AS "municipalityId", m.name FROM assignment a JOIN municipality m ON m.id = a.municipality_id
  WHERE a.mediator_id = $1 AND a.starts_on <= $2 AND (a.ends_on IS NULL OR a.ends_on >= $2) ORDER BY m.name`;

type Row = Omit<AssignmentView, 'mediatorName'>;

/** Which mediator works where, for which project, from when to when. What they do counts in the project of its day. */
@Injectable()
export class MediatorService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
  ) {}

  /** Newest first; a mediator sees those in which they work or worked. */
  async projects(paging: Paging): Promise<Page<ProjectView>> {
    const statement = new Conditions();
    if (this.own)
      statement.add(
        (me) => `EXISTS (SELECT FROM assignment a WHERE a.project_id = p.id AND a.mediator_id = ${me})`,
        this.own,
      );
    const [startsOn, id] = afterOf(paging, 'day', 'id');
    if (startsOn && id)
      statement.add((day, last) => `(p.starts_on, p.id) < (${day}::date, ${last}::uuid)`, startsOn, id);
    const limit = limitOf(paging);
    const sql = `SELECT ${projectColumns} FROM project p WHERE ${statement} ORDER BY p.starts_on DESC, p.id DESC LIMIT ${statement.mark(limit + 1)}`;
    return cut(await this.transaction.query<ProjectView>(sql, statement.parameters), limit, (project) => [
      project.startsOn,
      project.id,
    ]);
  }

  /** Newest first; a mediator sees their own. */
  async assignments(filter: AssignmentFilter): Promise<Page<AssignmentView>> {
    const statement = new Conditions();
    if (this.own) statement.add((me) => `a.mediator_id = ${me}`, this.own);
    if (filter.projectId) statement.add((project) => `a.project_id = ${project}`, filter.projectId);
    const [startsOn, id] = afterOf(filter, 'day', 'id');
    if (startsOn && id)
      statement.add((day, last) => `(a.starts_on, a.id) < (${day}::date, ${last}::uuid)`, startsOn, id);
    const limit = limitOf(filter);
    const sql = `SELECT ${assignmentColumns} FROM assignment a WHERE ${statement} ORDER BY a.starts_on DESC, a.id DESC LIMIT ${statement.mark(limit + 1)}`;
    const rows = await this.transaction.query<Row>(sql, statement.parameters);
    const page = cut(rows, limit, (assignment) => [assignment.startsOn, assignment.id]);
    return { items: await this.named(page.items), next: page.next };
  }

  async assignment(id: string): Promise<AssignmentView> {
    const sql = `SELECT ${assignmentColumns} FROM assignment a WHERE a.id = $1`;
    const [assignment] = await this.named(await this.transaction.query<Row>(sql, [id]));
    if (!assignment) throw new DomainError('NOT_FOUND');
    return assignment;
  }

  /**
   * The project in which the signed-in mediator's work of that day counts. The day decides, not today: a visit of last May
   * that is written down late counts where it was made. A day without an assignment counts nowhere and is refused, since
   * between two projects nobody pays or reports the work.
   */
  async assignmentOn(municipalityId: string, day: Day): Promise<{ projectId: string }> {
    const [assignment] = await this.assignmentsOn([{ municipalityId, day }]);
    if (!assignment) throw new DomainError('NO_ASSIGNMENT');
    return assignment;
  }

  /** The same of several pieces of work, each with its project; a day without an assignment refuses them all. */
  async assignmentsOn<W extends { municipalityId: string; day: Day }>(
    work: readonly W[],
  ): Promise<(W & { projectId: string })[]> {
    const found = await this.transaction.query<{ projectId: string | null }>(assignmentsOn, [
      this.transaction.session.accountId,
      work.map(({ municipalityId }) => municipalityId),
      work.map(({ day }) => day),
    ]);
    return work.map((piece, i) => {
      const projectId = found[i]?.projectId;
      if (!projectId) throw new DomainError('NO_ASSIGNMENT');
      return { ...piece, projectId };
    });
  }

  /** Where the signed-in mediator works today; may be nowhere. */
  async workPlaces(): Promise<WorkPlace[]> {
    return this.transaction.query<WorkPlace>(workPlacesOn, [
      this.transaction.session.accountId,
      this.transaction.today,
    ]);
  }

  private async named(rows: Row[]): Promise<AssignmentView[]> {
    const names = await this.accounts.namesOf(rows.map((assignment) => assignment.mediatorId));
    return rows.map((assignment) => ({ ...assignment, mediatorName: names.get(assignment.mediatorId) ?? '' }));
  }

  /** The mediator whose own rows are shown; undefined for those who see all. */
  private get own(): string | undefined {
    const { role, accountId } = this.transaction.session;
    return role === 'mediator' ? accountId : undefined;
  }
}
