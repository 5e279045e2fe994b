import { Injectable } from '@nestjs/common';
import {
  DomainError,
  newId,
  type Day,
  type NewOutcome,
  type OutcomeFilter,
  type OutcomeView,
  type Page,
  type VisitOutcome,
} from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { Conditions } from '../database/conditions.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService, type FamilyHeader } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { PersonService } from '../persons/person.service.js';
import { afterOf, cut, limitOf } from '../platform/paging.js';
import { Outcome } from './outcome.entity.js';

/** The visit in which outcomes were ticked. */
export interface RecordingVisit {
  id: string;
  day: Day;
  projectId: string;
  family: FamilyHeader;
}

/** What an outcome says beside by whom it was written. */
type Facts = { family: FamilyHeader } & Pick<Outcome, 'id' | 'type' | 'day' | 'projectId'> &
  Partial<Pick<Outcome, 'personId' | 'visitId' | 'voids'>>;

const columns = `
  o.id, o.municipality_id AS "municipalityId", o.family_id AS "familyId", o.person_id AS "personId", o.visit_id AS "visitId", o.type, o.day, o.voids,
  o.project_id AS "projectId", o.recorded_by AS "recordedBy", o.recorded_at AS "recordedAt"`;
const counts = `o.voids IS NULL AND NOT EXISTS (SELECT FROM outcome v WHERE v.municipality_id = o.municipality_id AND v.voids = o.id)`;
const ofFamilies = `SELECT ${columns} FROM outcome o WHERE o.family_id = ANY ($1) AND ${counts} ORDER BY o.day DESC, o.id DESC`;
const oneOutcome = `SELECT ${columns}, ${counts} AS counts FROM outcome o WHERE o.id = $1`;
const countingOfVisit = `SELECT ${columns} FROM outcome o WHERE o.municipality_id = $1 AND o.visit_id = $2 AND ${counts}`;

/** What got better for a person or a family, on which day: countable facts, appended only. A mistake is voided by a row of its own. */
@Injectable()
export class OutcomeService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
    private readonly mediators: MediatorService,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
  ) {}

  async list(filter: OutcomeFilter): Promise<Page<OutcomeView>> {
    const where = new Conditions();
    where.add(() => counts);
    if (filter.familyId) where.add((family) => `o.family_id = ${family}`, filter.familyId);
    const [day, id] = afterOf(filter, 'day', 'id');
    if (day && id) where.add((d, i) => `(o.day, o.id) < (${d}::date, ${i}::uuid)`, day, id);
    const limit = limitOf(filter);
    const sql = `SELECT ${columns} FROM outcome o WHERE ${where} ORDER BY o.day DESC, o.id DESC LIMIT ${where.mark(limit + 1)}`;
    const page = cut(await this.transaction.query<Outcome>(sql, where.parameters), limit, (outcome) => [
      outcome.day,
      outcome.id,
    ]);
    return { items: await this.viewsOf(page.items), next: page.next };
  }

  async ofFamilies(familyIds: readonly string[]): Promise<OutcomeView[]> {
    return this.viewsOf(await this.transaction.query<Outcome>(ofFamilies, [familyIds]));
  }

  async create(outcome: NewOutcome): Promise<OutcomeView> {
    const kept = await createOnce(this.transaction, {
      id: outcome.id,
      find: () => this.find(outcome.id),
      same: (known) => isSame(known, outcome),
      create: () => (outcome.voids ? this.end(outcome, outcome.voids) : this.record(outcome)),
    });
    const [view] = await this.viewsOf([kept]);
    if (!view) throw new DomainError('NOT_FOUND');
    return view;
  }

  /** Outcomes ticked in visits have their day and count in their project. Who they name was checked with the visit. */
  async recordFromVisits(
    visits: readonly { visit: RecordingVisit; outcomes: readonly VisitOutcome[] }[],
  ): Promise<void> {
    await this.append(
      visits.flatMap(({ visit: { id: visitId, day, projectId, family }, outcomes }) =>
        outcomes.map(({ id, type, personId }) => ({
          family,
          id,
          type,
          personId: personId ?? null,
          visitId,
          day,
          projectId,
        })),
      ),
    );
  }

  /** The visit was a mistake, and so is what was ticked in it. */
  async endThoseOf(visitId: string, family: FamilyHeader): Promise<Outcome[]> {
    const ticked = await this.transaction.query<Outcome>(countingOfVisit, [family.municipalityId, visitId]);
    const ends = ticked.map(({ id, personId, type, day, projectId }) => ({
      family,
      personId,
      type,
      day,
      projectId,
      voids: id,
    }));
    await this.append(ends.map((end) => ({ ...end, id: newId() })));
    return ticked;
  }

  /** The visit was on another day, and so is what was ticked in it. */
  async moveThoseOf(visit: RecordingVisit): Promise<void> {
    const ticked = await this.endThoseOf(visit.id, visit.family);
    const outcomes = ticked.map(({ type, personId }) => ({ id: newId(), type, personId }));
    await this.recordFromVisits([{ visit, outcomes }]);
  }

  private async record({ id, familyId, personId, type, day }: NewOutcome): Promise<void> {
    const family = await this.families.forNewFacts(familyId);
    await this.persons.requireMembers(family, personId ? [personId] : [], 'personId');
    const { projectId } = await this.mediators.assignmentOn(family.municipalityId, day);
    await this.append([{ family, id, personId: personId ?? null, type, day, projectId }]);
  }

  /** A mistake may be taken back whatever became of the family's file: what is wrong must not count. */
  private async end({ id, familyId }: NewOutcome, outcomeId: string): Promise<void> {
    const family = await this.families.header(familyId);
    // Two at once: the second waits here and finds it ended.
    await this.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [outcomeId]);
    const ended = await this.find(outcomeId);
    if (!ended?.counts || ended.familyId !== familyId)
      throw new DomainError('INVALID_INPUT', {}, [{ field: 'voids', code: 'notThere' }]);
    const { personId, type, day, projectId } = ended;
    await this.append([{ family, id, personId, type, day, projectId, voids: ended.id }]);
  }

  private async append(outcomes: Facts[]): Promise<void> {
    if (outcomes.length === 0) return;
    const { manager, session, now } = this.transaction;
    const written = { recordedBy: session.accountId, recordedAt: now };
    await manager.insert(
      Outcome,
      outcomes.map(({ family: { municipalityId, id: familyId }, ...outcome }) => {
        const facts = { personId: null, visitId: null, voids: null, ...outcome };
        return { ...facts, ...written, municipalityId, familyId };
      }),
    );
  }

  private async find(id: string): Promise<(Outcome & { counts: boolean }) | undefined> {
    return (await this.transaction.query<Outcome & { counts: boolean }>(oneOutcome, [id]))[0];
  }

  private async viewsOf(outcomes: Outcome[]): Promise<OutcomeView[]> {
    const names = await this.accounts.namesOf(outcomes.map((outcome) => outcome.recordedBy));
    return outcomes.map((outcome) => ({ ...outcome, recordedBy: names.get(outcome.recordedBy) ?? '' }));
  }
}

/** One that was ticked in a visit is the visit's: the same id sent alone is another outcome. A voiding row has the words of what it voids. */
function isSame(kept: Outcome, said: NewOutcome): boolean {
  const row = kept.familyId === said.familyId && kept.visitId === null && kept.voids === (said.voids ?? null);
  return (
    row &&
    (kept.voids !== null ||
      (kept.type === said.type && kept.day === said.day && kept.personId === (said.personId ?? null)))
  );
}
