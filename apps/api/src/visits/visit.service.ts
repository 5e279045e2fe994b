import { Injectable } from '@nestjs/common';
import {
  DomainError,
  NewVisit,
  sameContent,
  VisitCorrection,
  VisitDetails,
  newId,
  type Day,
  type VisitOutcome,
  type VisitView,
} from '@tilts/domain';
import { createAllOnce, createOnce } from '../database/create-once.js';
import { insertRows } from '../database/insert-rows.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { openOf, sensitiveOf } from '../database/sensitive-fields.js';
import { FamilyService, type FamilyHeader } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { OutcomeService } from '../outcomes/outcome.service.js';
import { PersonService } from '../persons/person.service.js';
import { Assistance, AssistancePerson, VisitPerson } from './assistance.entity.js';
import { DraftService } from './draft.service.js';
import { NextStepDone } from './next-step-done.entity.js';
import { VisitReader, type VisitRow } from './visit-reader.js';
import { keepFamilyContact, kindsOfOutcomes, oneVersion } from './visit-statements.js';
import { Visit } from './visit.entity.js';

/** Logs visits, corrects them by new versions and marks their next steps as done. A visit is a fact: never overwritten. */
@Injectable()
export class VisitService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly reader: VisitReader,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
    private readonly mediators: MediatorService,
    private readonly outcomes: OutcomeService,
    private readonly drafts: DraftService,
  ) {}

  async log(visit: NewVisit): Promise<VisitView> {
    const [logged] = await this.logAll([visit]);
    if (!logged) throw new DomainError('NOT_FOUND');
    return logged;
  }

  /** Visits to any families, in a few statements however many they are; one that is refused refuses them all. */
  async logAll(visits: readonly NewVisit[]): Promise<VisitView[]> {
    const rows = await createAllOnce<NewVisit, VisitRow>(this.transaction, {
      said: visits,
      find: (ids) => this.reader.findAll(ids),
      same: (kept, said) => this.isSameVisit(kept, said),
      create: (missing) => this.createAll(missing),
    });
    return this.reader.withVersions(rows);
  }

  async correct(id: string, correction: VisitCorrection): Promise<VisitView> {
    await createOnce(this.transaction, {
      id: correction.id,
      find: () => this.version(id, correction.id),
      same: (kept) => this.isSameCorrection(kept, correction),
      create: () => this.append(id, correction),
    });
    return this.reader.read(id);
  }

  /** Marks it done today; doing so twice changes nothing. */
  async finishNextStep(id: string): Promise<void> {
    const { manager, session, today, now } = this.transaction;
    const visit = await this.reader.find(id);
    if (!visit || visit.voided || !this.reader.wordsOf(visit).nextStep) throw new DomainError('NOT_FOUND');
    if (visit.nextStepDoneOn) return;
    await manager.insert(NextStepDone, {
      municipalityId: visit.municipalityId,
      familyId: visit.familyId,
      visitId: id,
      doneOn: today,
      doneBy: session.accountId,
      at: now,
    });
  }

  private async createAll(visits: readonly NewVisit[]): Promise<void> {
    const { accountId: mediatorId } = this.transaction.session;
    const families = await this.families.allForNewFacts(visits.map(({ familyId }) => familyId));
    const work = await this.mediators.assignmentsOn(withFamilies(visits, families));
    await this.persons.requireAllMembers(
      visits.map((visit) => ({ familyId: visit.familyId, personIds: personsIn(visit, visit.outcomes) })),
    );
    const first = { version: 1, voided: false, mediatorId };
    await this.insert(
      work.map(({ family, visit, projectId }) => ({
        ...first,
        id: visit.id,
        visitId: visit.id,
        family,
        visit,
        projectId,
      })),
    );
    await this.outcomes.recordFromVisits(
      work.map(({ family, visit: { id, day, outcomes }, projectId }) => ({
        visit: { id, day, projectId, family },
        outcomes,
      })),
    );
    await this.keepContact(families);
    // The draft has the visit's id: written and no longer a draft in one commit, so that a phone that dies now offers nothing twice.
    await this.drafts.discardAll(visits.map(({ id }) => id));
  }

  private async append(id: string, correction: VisitCorrection): Promise<void> {
    await this.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [id]);
    const before = await this.reader.find(id);
    if (!before) throw new DomainError('NOT_FOUND');
    if (before.voided) throw new DomainError('VISIT_VOIDED');
    if (before.version !== correction.version) throw new DomainError('CHANGED_MEANWHILE');
    const family = await this.families.header(before.familyId);
    // Taking a visit back needs no yes; writing about it anew does.
    if (!correction.voided) await this.families.requireGround([family]);
    await this.persons.requireMembers(family, personsIn(correction, []));
    const { municipalityId } = family;
    // Another day may belong to another project.
    const projectId =
      correction.day === before.day
        ? before.projectId
        : (await this.mediators.assignmentOn(municipalityId, correction.day)).projectId;
    await this.transaction.manager.update(Visit, { municipalityId, id: before.rowId }, { current: false });
    const next = {
      id: correction.id,
      visitId: id,
      version: before.version + 1,
      voided: correction.voided,
      mediatorId: before.mediatorId,
      projectId,
    };
    // Help belongs to one version: its rows get ids of their own.
    const assistance = correction.assistance.map((help) => ({ ...help, id: newId() }));
    await this.insert([{ ...next, family, visit: { ...correction, assistance } }]);
    if (correction.voided) await this.outcomes.endThoseOf(id, family);
    else if (correction.day !== before.day)
      await this.outcomes.moveThoseOf({ id, day: correction.day, projectId, family });
    await this.keepContact([family]);
  }

  private async keepContact(families: readonly FamilyHeader[]): Promise<void> {
    await this.transaction.query(keepFamilyContact, [
      families.map(({ municipalityId }) => municipalityId),
      families.map(({ id }) => id),
    ]);
  }

  private async insert(versions: readonly NewVersion[]): Promise<void> {
    const parts = versions.map(({ id: visitRowId, family: { municipalityId, id: familyId }, visit }) => {
      const place = { municipalityId, familyId };
      return { place, row: { ...place, visitRowId }, visit };
    });
    const people = parts.flatMap(({ row, visit }) => visit.metPersonIds.map((personId) => ({ ...row, personId })));
    const facts = parts.flatMap(({ row, visit }) =>
      visit.assistance.map(({ id, needArea, kind }) => ({ ...row, id, needArea, kind })),
    );
    const helped = parts.flatMap(({ place, visit }) =>
      visit.assistance.flatMap(({ id: assistanceId, personIds }) =>
        personIds.map((personId) => ({ ...place, assistanceId, personId })),
      ),
    );
    await insertRows(
      this.transaction,
      Visit,
      versions.map((version) => this.rowOf(version)),
    );
    await insertRows(this.transaction, VisitPerson, people);
    await insertRows(this.transaction, Assistance, facts);
    await insertRows(this.transaction, AssistancePerson, helped);
  }

  private rowOf({ family, visit, ...version }: NewVersion): Visit {
    const { session, now } = this.transaction;
    const { municipalityId, id: familyId, salt } = family;
    const { metPersonIds: _met, assistance: _assistance, ...open } = openOf(VisitDetails, visit);
    const words = sensitiveOf(VisitCorrection, visit);
    const place = { table: 'visit', id: version.id, tenant: municipalityId };
    const sealed = Object.values(words).some((word) => word !== null) ? this.seals.seal(place, salt, words) : null;
    const written = { current: true, recordedBy: session.accountId, recordedAt: now, sealed };
    return { ...(open as OpenOfVisit), ...version, ...written, municipalityId, familyId };
  }

  private async version(visitId: string, rowId: string): Promise<VisitRow | undefined> {
    const [row] = await this.transaction.query<VisitRow>(oneVersion, [visitId, rowId]);
    return row;
  }

  /** Compared with the first version: a correction in between is no other visit. */
  private async isSameVisit(kept: VisitRow, said: NewVisit): Promise<boolean> {
    const first = kept.version === 1 ? kept : await this.version(kept.id, kept.id);
    if (!first) return false;
    const outcomes = await this.transaction.query(kindsOfOutcomes, [kept.municipalityId, kept.id]);
    return sameContent(NewVisit, { ...first, ...this.reader.wordsOf(first), outcomes }, said);
  }

  private isSameCorrection(kept: VisitRow, said: VisitCorrection): boolean {
    const before = { ...kept, ...this.reader.wordsOf(kept), version: kept.version - 1, id: kept.rowId };
    return sameContent(VisitCorrection, withoutIds(before), withoutIds(said));
  }
}

/** What is kept of a visit in open columns. */
type OpenOfVisit = Pick<Visit, Exclude<keyof Visit & keyof VisitDetails, 'metPersonIds' | 'assistance'>>;

/** A row to be written: the first version of a visit, or a correction. */
interface NewVersion {
  family: FamilyHeader;
  visit: VisitDetails;
  id: string;
  visitId: string;
  version: number;
  voided: boolean;
  mediatorId: string;
  projectId: string;
}

/** A visit that is written down, with its family. */
interface Work {
  family: FamilyHeader;
  visit: NewVisit;
  municipalityId: string;
  day: Day;
}

function withFamilies(visits: readonly NewVisit[], families: readonly FamilyHeader[]): Work[] {
  const byId = new Map(families.map((family) => [family.id, family]));
  return visits.flatMap((visit) => {
    const family = byId.get(visit.familyId);
    return family ? [{ family, visit, municipalityId: family.municipalityId, day: visit.day }] : [];
  });
}

/** Everybody who was met, helped or got a result; all must belong to the family. */
function personsIn(visit: VisitDetails, outcomes: VisitOutcome[]): string[] {
  const named = [
    ...visit.metPersonIds,
    ...visit.assistance.flatMap((help) => help.personIds),
    ...outcomes.map((outcome) => outcome.personId ?? ''),
  ];
  return [...new Set(named)].filter((id) => id !== '');
}

function withoutIds<V extends VisitDetails>(visit: V): V {
  return { ...visit, assistance: visit.assistance.map((help) => ({ ...help, id: '' })) };
}
