import { randomBytes } from 'node:crypto';
import { newId, type NeedArea, type Role } from '@tilts/domain';
import type { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../../tools/test-database/test-database.js';
import { Account } from '../../access/account.entity.js';
import { Session } from '../../access/session.entity.js';
import { Consent } from '../../consents/consent.entity.js';
import { Family, FamilySalt } from '../../families/family.entity.js';
import { institutionId } from '../../directory/directory-rows.js';
import { Assignment, Project } from '../../mediators/project.entity.js';
import { municipalityId } from '../../municipalities/municipality-seed.js';
import { Person } from '../../persons/person.entity.js';
import { Referral, ReferralSnapshot } from '../../referrals/referral.entity.js';
import { Assistance, AssistancePerson } from '../../visits/assistance.entity.js';
import { Visit } from '../../visits/visit.entity.js';
import { Clock } from '../clock.js';
import { makeDataSource } from '../data-source.js';
import { RequestTransaction } from '../request-transaction.js';
import { EVERYWHERE, Seals } from '../seals.js';

/** A family as a spec knows it. */
export interface Known {
  municipalityId: string;
  id: string;
  salt: Buffer;
  personId: string;
}

/** Somebody with a session; `read` and `write` are their requests. */
export class Someone {
  constructor(
    readonly id: string,
    readonly sessionId: string,
    private readonly transaction: RequestTransaction,
  ) {}

  read<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction.run({ sessionId: this.sessionId, requestId: newId(), readOnly: true }, work);
  }

  write<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction.run({ sessionId: this.sessionId, requestId: newId(), readOnly: false }, work);
  }

  /** What one statement gives them. */
  sees<T extends object = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.read(() => this.transaction.query<T>(sql, parameters));
  }
}

/** A small world for specs of the database layer: real PostgreSQL, real sessions, no HTTP. */
export class World {
  readonly clock = new Clock();
  readonly seals = new Seals({ current: 1, keys: new Map([[1, randomBytes(32)]]) });
  readonly project = newId();
  readonly jelgava = municipalityId('JELGAVA');
  readonly dobele = municipalityId('DOBELE');
  readonly institution = institutionId('JELGAVA', 'socialService');

  private constructor(
    readonly database: TestDatabase,
    readonly owner: DataSource,
    readonly app: DataSource,
    readonly transaction: RequestTransaction,
  ) {}

  static async make({ poolSize = 3 } = {}): Promise<World> {
    const database = await testDatabase();
    const owner = await makeDataSource(database.ownerUrl, { poolSize: 2 }).initialize();
    const app = await makeDataSource(database.appUrl, { poolSize }).initialize();
    const world = new World(database, owner, app, new RequestTransaction(app, new Clock()));
    await owner.manager.insert(Project, {
      id: world.project,
      name: 'Platforma',
      nameEn: 'Platform',
      startsOn: '2017-10-01',
    });
    return world;
  }

  async end(): Promise<void> {
    await this.app.destroy();
    await this.owner.destroy();
    await this.database.drop();
  }

  async someone(role: Role, worksIn: string[] = []): Promise<Someone> {
    const id = newId();
    const salt = this.seals.newSalt();
    const sealed = this.seals.seal({ table: 'account', id, tenant: EVERYWHERE }, salt, {
      name: 'Izdomāta Persona',
      email: `${id}@tilts.test`,
    });
    const now = this.clock.now();
    const later = new Date(now.getTime() + 86_400_000).toISOString();
    const session = newId();
    const institution = role === 'socialWorker' ? this.institution : null;
    await this.owner.manager.insert(Account, {
      id,
      role,
      language: 'lv',
      institutionId: institution,
      salt,
      sealed,
      createdAt: now.toISOString(),
      joinedAt: now.toISOString(),
      version: 1,
    });
    await this.owner.manager.insert(Session, {
      id: session,
      accountId: id,
      startedAt: now.toISOString(),
      lastUsedAt: now.toISOString(),
      expiresAt: later,
      device: 'Spec',
      level: 'second',
      provedAt: now.toISOString(),
    });
    for (const municipality of worksIn) {
      await this.owner.manager.insert(Assignment, {
        id: newId(),
        mediatorId: id,
        municipalityId: municipality,
        projectId: this.project,
        startsOn: '2017-10-01',
        hoursPerWeek: 20,
      });
    }
    return new Someone(id, session, this.transaction);
  }

  /** A family of one person with its yes, as a mediator's request. */
  register(
    mediator: Someone,
    municipality: string,
    name = 'Izdomātie',
    { id = newId(), personId = newId() } = {},
  ): Promise<Known> {
    return mediator.write(async () => {
      const { manager, today, now } = this.transaction;
      const salt = this.seals.newSalt();
      const at = { municipalityId: municipality, familyId: id };
      const [next] = await this.transaction.query<{ code: string }>('SELECT next_family_code($1) AS code', [
        municipality,
      ]);
      await manager.insert(Family, {
        municipalityId: municipality,
        id,
        code: next?.code ?? '',
        status: 'active',
        openedOn: today,
        version: 1,
        createdBy: mediator.id,
        sealed: this.seals.seal({ table: 'family', id, tenant: municipality }, salt, { name }),
      });
      await manager.insert(FamilySalt, { ...at, salt });
      await manager.insert(Person, {
        ...at,
        id: personId,
        householdRole: 'contact',
        gender: 'notStated',
        schoolStatus: 'unknown',
        employmentStatus: 'unknown',
        version: 1,
        sealed: this.seals.seal({ table: 'person', id: personId, tenant: municipality }, salt, { firstName: name }),
      });
      await manager.insert(Consent, {
        ...at,
        id: newId(),
        kind: 'record',
        giver: 'person',
        givenOn: today,
        noticeVersion: '2026-11',
        recordedBy: mediator.id,
        recordedAt: now,
      });
      return { municipalityId: municipality, id, salt, personId };
    });
  }

  /** A visit that reached the family and helped its person. */
  visit(
    mediator: Someone,
    family: Known,
    { note = 'Izdomāta piezīme', day = this.clock.today(), needArea = 'EDU' as NeedArea } = {},
  ): Promise<string> {
    return mediator.write(async () => {
      const { manager, now } = this.transaction;
      const id = newId();
      const at = { municipalityId: family.municipalityId, familyId: family.id };
      await manager.insert(Visit, {
        ...at,
        id,
        visitId: id,
        version: 1,
        current: true,
        voided: false,
        projectId: this.project,
        day,
        minutes: 30,
        channel: 'homeVisit',
        place: 'home',
        capacity: 'mediator',
        reached: true,
        needAreas: [needArea],
        mediatorId: mediator.id,
        recordedBy: mediator.id,
        recordedAt: now,
        sealed: this.seals.seal({ table: 'visit', id, tenant: family.municipalityId }, family.salt, { note }),
      });
      const assistanceId = newId();
      await manager.insert(Assistance, { ...at, id: assistanceId, visitRowId: id, needArea, kind: 'inform' });
      await manager.insert(AssistancePerson, { ...at, assistanceId, personId: family.personId });
      return id;
    });
  }

  /** A referral that was sent to the social worker's institution, on a consent to share. */
  refer(mediator: Someone, family: Known): Promise<{ id: string; consentId: string }> {
    return mediator.write(async () => {
      const { manager, now, today } = this.transaction;
      const [id, consentId] = [newId(), newId()];
      const at = { municipalityId: family.municipalityId, familyId: family.id };
      await manager.insert(Consent, {
        ...at,
        id: consentId,
        kind: 'share',
        purpose: 'SOC',
        recipientKind: 'socialService',
        giver: 'person',
        givenOn: today,
        noticeVersion: '2026-11',
        recordedBy: mediator.id,
        recordedAt: now,
      });
      const [next] = await this.transaction.query<{ n: number }>('SELECT next_referral_number($1, 2026) AS n', [
        family.municipalityId,
      ]);
      await manager.insert(Referral, {
        ...at,
        id,
        number: `2026-${String(next?.n).padStart(4, '0')}`,
        personId: family.personId,
        institutionId: this.institution,
        needArea: 'SOC',
        status: 'sent',
        ground: 'consent',
        consentId,
        createdBy: mediator.id,
        createdAt: now,
        sentAt: now,
        dueOn: today,
        version: 1,
      });
      await manager.insert(ReferralSnapshot, {
        ...at,
        referralId: id,
        sealed: this.seals.seal({ table: 'referral_snapshot', id, tenant: family.municipalityId }, family.salt, {
          firstName: 'Izdomāta',
          request: 'Lūdzu palīdzēt',
        }),
      });
      return { id, consentId };
    });
  }

  /** The evaluator's figures of one section: `total/` → familiesReached, `municipality/<id>` → … */
  async figures(evaluator: Someone, section: string, measure: string): Promise<Record<string, number>> {
    const rows = await evaluator.sees<{ row_key: string; value: number }>(
      `SELECT row_key, value FROM report_figures($1, '2017-10-01', '2100-12-31', '{}', '{}') WHERE section = $2 AND measure = $3`,
      [this.project, section, measure],
    );
    return Object.fromEntries(rows.map(({ row_key, value }) => [row_key, value]));
  }
}
