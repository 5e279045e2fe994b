import { Injectable } from '@nestjs/common';
import {
  DomainError,
  NewAssignment,
  sameContent,
  type AssignmentChange,
  type AssignmentChanged,
  type AssignmentDetails,
  type AssignmentView,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { MediatorService } from './mediator.service.js';
import { Assignment } from './project.entity.js';

const overlapping = `
  SELECT id FROM assignment WHERE mediator_id = $1 AND municipality_id = $2 AND project_id = $3 AND id <> $4
    AND starts_on <= coalesce($6::date, 'infinity') AND coalesce(ends_on, 'infinity') >= $5::date LIMIT 1`;

/** Later than any day on which somebody works. */
const FOR_EVER = '9999-12-31';

type Whose = Pick<Assignment, 'id' | 'mediatorId' | 'municipalityId' | 'projectId'>;

/** How a coordinator says who works where, for which project, from when to when. Families are handed over by an act of their own. */
@Injectable()
export class AssignmentService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly mediators: MediatorService,
  ) {}

  async assign(assignment: NewAssignment): Promise<AssignmentView> {
    const { id, projectId, municipalityId, mediatorId } = assignment;
    await createOnce(this.transaction, {
      id,
      find: () => this.find(id),
      same: (kept) => sameContent(NewAssignment, kept, assignment),
      create: async () => {
        await this.requireAll(assignment);
        await this.refuseOverlap(assignment, assignment);
        const row = { id, projectId, municipalityId, mediatorId, ...detailsOf(assignment), version: 1 };
        await this.transaction.manager.insert(Assignment, row);
      },
    });
    return this.mediators.assignment(id);
  }

  /** Also ends it; then it says how many families wait for somebody else. */
  async change(id: string, change: AssignmentChange): Promise<AssignmentChanged> {
    const kept = await this.require(id);
    await this.refuseOverlap(kept, change);
    await this.refuseWorkOutside(id, change);
    const { version } = change;
    const { affected } = await this.transaction.manager.update(
      Assignment,
      { id, version },
      { ...detailsOf(change), version: version + 1 },
    );
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    return { assignment: await this.mediators.assignment(id), familiesLeft: await this.familiesLeft(kept, change) };
  }

  /** Once begun, work may have been recorded by it: then it is ended instead. */
  async remove(id: string): Promise<void> {
    const { startsOn } = await this.require(id);
    if (startsOn <= this.transaction.today) throw new DomainError('ASSIGNMENT_BEGUN');
    await this.transaction.manager.delete(Assignment, { id });
  }

  private async familiesLeft({ mediatorId, municipalityId }: Whose, { endsOn }: AssignmentDetails): Promise<number> {
    if (!endsOn) return 0;
    const [counted] = await this.transaction.query<{ families: number }>(
      'SELECT families_left($1, $2, $3) AS families',
      [mediatorId, municipalityId, endsOn],
    );
    return counted?.families ?? 0;
  }

  /** A visit would count twice, or nobody would know where. Two coordinators at once: the second one waits and sees. */
  private async refuseOverlap(
    { id, mediatorId, municipalityId, projectId }: Whose,
    { startsOn, endsOn }: AssignmentDetails,
  ): Promise<void> {
    await this.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `assignments ${mediatorId}`,
    ]);
    const whose = [mediatorId, municipalityId, projectId, id];
    const found = await this.transaction.query(overlapping, [...whose, startsOn, endsOn ?? null]);
    if (found.length > 0) throw new DomainError('ASSIGNMENT_OVERLAPS');
  }

  /** Reports of before would lose the mediator and what they sent. */
  private async refuseWorkOutside(id: string, { startsOn, endsOn }: AssignmentDetails): Promise<void> {
    const [counted] = await this.transaction.query<{ count: number }>(
      'SELECT assignment_work_outside($1, $2, $3) AS count',
      [id, startsOn, endsOn ?? FOR_EVER],
    );
    const count = counted?.count ?? 0;
    if (count > 0) throw new DomainError('ASSIGNMENT_WORK_OUTSIDE', { count });
  }

  private async requireAll({ mediatorId, municipalityId, projectId }: Whose): Promise<void> {
    const rows = async (sql: string, id: string): Promise<number> => (await this.transaction.query(sql, [id])).length;
    const isMediator = `SELECT id FROM account WHERE id = $1 AND role = 'mediator' AND ended_at IS NULL`;
    if (!(await rows(isMediator, mediatorId))) throw notThere('mediatorId');
    if (!(await rows('SELECT id FROM municipality WHERE id = $1', municipalityId))) throw notThere('municipalityId');
    if (!(await rows('SELECT id FROM project WHERE id = $1', projectId))) throw notThere('projectId');
  }

  private async require(id: string): Promise<Assignment> {
    const kept = await this.find(id);
    if (!kept) throw new DomainError('NOT_FOUND');
    return kept;
  }

  private async find(id: string): Promise<Assignment | undefined> {
    return (await this.transaction.manager.findOneBy(Assignment, { id })) ?? undefined;
  }
}

function detailsOf({ startsOn, endsOn = null, hoursPerWeek }: AssignmentDetails): AssignmentDetails {
  return { startsOn, endsOn, hoursPerWeek };
}

function notThere(field: string): DomainError {
  return new DomainError('INVALID_INPUT', {}, [{ field, code: 'notThere' }]);
}
