import { Injectable } from '@nestjs/common';
import {
  DomainError,
  NewVisit,
  VisitCorrection,
  VisitDetails,
  newId,
  type VisitOutcome,
  type VisitView,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals } from '../database/seals.js';
import { openOf, sensitiveOf } from '../database/sensitive-fields.js';
import { FamilyService, type FamilyHeader } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { OutcomeService } from '../outcomes/outcome.service.js';
import { PersonService } from '../persons/person.service.js';
import { sameContent } from '../platform/same-content.js';
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
    const row = await createOnce(this.transaction, {
      id: visit.id,
      find: () => this.reader.find(visit.id),
      same: (kept) => this.isSameVisit(kept, visit),
      create: () => this.create(visit),
    });
    return this.reader.withVersions(row);
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

  private async create(visit: NewVisit): Promise<void> {
    const family = await this.families.forNewFacts(visit.familyId);
    const { projectId } = await this.mediators.assignmentOn(family.municipalityId, visit.day);
    await this.persons.requireMembers(family, personsIn(visit, visit.outcomes));
    const { accountId } = this.transaction.session;
    await this.insert(
      family,
      { id: visit.id, visitId: visit.id, version: 1, voided: false, mediatorId: accountId, projectId },
      visit,
    );
    await this.outcomes.recordFromVisit({ id: visit.id, day: visit.day, projectId, family }, visit.outcomes);
    await this.transaction.query(keepFamilyContact, [family.municipalityId, family.id]);
    // The draft has the visit's id: written and no longer a draft in one commit, so that a phone that dies now offers nothing twice.
    await this.drafts.discard(visit.id);
  }

  private async append(id: string, correction: VisitCorrection): Promise<void> {
    await this.transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1::text, 0))', [id]);
    const before = await this.reader.find(id);
    if (!before) throw new DomainError('NOT_FOUND');
    if (before.voided) throw new DomainError('VISIT_VOIDED');
    if (before.version !== correction.version) throw new DomainError('CHANGED_MEANWHILE');
    const family = await this.families.header(before.familyId);
    // Taking a visit back needs no yes; writing about it anew does.
    if (!correction.voided) await this.families.requireGround(family);
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
    await this.insert(family, next, {
      ...correction,
      assistance: correction.assistance.map((help) => ({ ...help, id: newId() })),
    });
    if (correction.voided) await this.outcomes.endThoseOf(id, family);
    else if (correction.day !== before.day)
      await this.outcomes.moveThoseOf({ id, day: correction.day, projectId, family });
    await this.transaction.query(keepFamilyContact, [municipalityId, family.id]);
  }

  private async insert(family: FamilyHeader, version: VersionFacts, visit: VisitDetails): Promise<void> {
    const { manager, session, now } = this.transaction;
    const { municipalityId, id: familyId } = family;
    const { metPersonIds: met = [], assistance = [], ...open } = openOf(VisitDetails, visit);
    const words = sensitiveOf(VisitCorrection, visit);
    const place = { table: 'visit', id: version.id, tenant: municipalityId };
    const sealed = Object.values(words).some((word) => word !== null)
      ? this.seals.seal(place, family.salt, words)
      : null;
    await manager.insert(Visit, {
      ...open,
      ...version,
      municipalityId,
      familyId,
      current: true,
      recordedBy: session.accountId,
      recordedAt: now,
      sealed,
    });
    const row = { municipalityId, familyId, visitRowId: version.id };
    const people = met.map((personId) => ({ ...row, personId }));
    const facts = assistance.map(({ id, needArea, kind }) => ({ ...row, id, needArea, kind }));
    const helped = assistance.flatMap(({ id, personIds }) =>
      personIds.map((personId) => ({ municipalityId, familyId, assistanceId: id, personId })),
    );
    if (people.length > 0) await manager.insert(VisitPerson, people);
    if (facts.length > 0) await manager.insert(Assistance, facts);
    if (helped.length > 0) await manager.insert(AssistancePerson, helped);
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

interface VersionFacts {
  id: string;
  visitId: string;
  version: number;
  voided: boolean;
  mediatorId: string;
  projectId: string;
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
