import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  DomainError,
  NewReferral,
  isClosedOn,
  sameContent,
  snapshotOf,
  type ReferralSent,
  type ReferralStep,
} from '@tilts/domain';
import { ConsentService } from '../consents/consent.service.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { InstitutionService } from '../directory/institution.service.js';
import { FamilyService } from '../families/family.service.js';
import { NoticeService } from '../notices/notice.service.js';
import { PersonService } from '../persons/person.service.js';
import { ReferralMoves } from './referral-moves.js';
import { ReferralReader, type ReferralRow } from './referral-reader.js';
import { restingOn } from './referral-statements.js';
import { ReferralWords, type Snapshot } from './referral-words.js';
import { Referral, ReferralSnapshot } from './referral.entity.js';

/** Writes referrals, opens them and moves them; ends the receiver's access when a consent is withdrawn. */
@Injectable()
export class ReferralService implements OnModuleInit {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly reader: ReferralReader,
    private readonly moves: ReferralMoves,
    private readonly words: ReferralWords,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
    private readonly institutions: InstitutionService,
    private readonly consents: ConsentService,
    private readonly notices: NoticeService,
  ) {}

  onModuleInit(): void {
    this.consents.onShareWithdrawn((withdrawn) => this.endAccess(withdrawn));
  }

  async write(referral: NewReferral): Promise<ReferralSent> {
    await createOnce(this.transaction, {
      id: referral.id,
      find: () => this.reader.find(referral.id),
      same: (kept) => this.isSame(kept, referral),
      create: () => this.create(referral),
    });
    return this.reader.read(referral.id);
  }

  /** The first opening by the institution is what marks it received. */
  async open(id: string): Promise<ReferralSent> {
    const row = await this.reader.find(id);
    if (!row) throw new DomainError('NOT_FOUND');
    if (this.reader.side === 'receiver' && row.status === 'sent' && this.reader.mayRead(row)) {
      const locked = await this.moves.lock(id);
      // Two colleagues at once: the second one finds it received.
      if (locked.status === 'sent') await this.moves.make(locked, { move: 'receive' });
    }
    await this.notices.markReadAbout(id);
    return this.reader.read(id);
  }

  async move(id: string, step: ReferralStep): Promise<ReferralSent> {
    const row = await this.reader.find(id);
    if (!row) throw new DomainError('NOT_FOUND');
    if (!this.reader.mayRead(row))
      throw new DomainError(row.status === 'withdrawn' ? 'REFERRAL_CLOSED' : 'CONSENT_WITHDRAWN');
    await this.moves.make(await this.moves.lock(id), step);
    return this.reader.read(id);
  }

  private async create(referral: NewReferral): Promise<void> {
    const { manager, session, now, today } = this.transaction;
    // A child in danger waits neither for a yes nor for an open file: the law is the ground, and its reason is written down.
    const family =
      referral.ground === 'consent'
        ? await this.families.forNewFacts(referral.familyId)
        : await this.families.header(referral.familyId);
    const { municipalityId, id: familyId } = family;
    const members = await this.persons.ofFamily(family);
    const person = members.find((member) => member.id === referral.personId);
    if (!person) throw notThere('personId');
    await this.checkAddressee(referral, municipalityId);
    const household = members.filter((member) => member.leftOn === null || member.leftOn > today).length;
    const snapshot: Snapshot = {
      person: snapshotOf(person, await this.families.read(familyId), household, referral.travels),
      request: referral.request,
      groundReason: referral.groundReason ?? null,
      travels: referral.travels,
    };
    const year = Number(today.slice(0, 4));
    const [next] = await this.transaction.query<{ number: number }>('SELECT next_referral_number($1, $2) AS number', [
      municipalityId,
      year,
    ]);
    const { id, personId, institutionId, needArea, ground } = referral;
    await manager.insert(Referral, {
      municipalityId,
      id,
      familyId,
      personId,
      institutionId,
      needArea,
      ground,
      serviceId: referral.serviceId ?? null,
      number: `${year}-${String(next?.number).padStart(4, '0')}`,
      status: 'draft',
      consentId: null,
      createdBy: session.accountId,
      createdAt: now,
      sentAt: null,
      dueOn: null,
      receivedAt: null,
      answeredAt: null,
      takenBy: null,
      version: 1,
    });
    await manager.insert(ReferralSnapshot, {
      municipalityId,
      familyId,
      referralId: id,
      sealed: this.words.seal('referral_snapshot', id, family, snapshot),
    });
  }

  /** An institution of this municipality or of the whole country, and a service that it offers now. */
  private async checkAddressee({ institutionId, serviceId }: NewReferral, municipalityId: string): Promise<void> {
    const institution = await this.institutions.read(institutionId).catch(() => undefined);
    if (!institution || (institution.municipalityId ?? municipalityId) !== municipalityId)
      throw notThere('institutionId');
    if (isClosedOn(institution, this.transaction.today)) throw new DomainError('INSTITUTION_CLOSED');
    if (serviceId && !institution.services.some((service) => service.id === serviceId && service.status === 'active'))
      throw notThere('serviceId');
  }

  private isSame(kept: ReferralRow, said: NewReferral): boolean {
    const snapshot = this.reader.snapshotOf(kept);
    if (!snapshot) return false;
    const { request, groundReason, travels } = snapshot;
    return sameContent(NewReferral, { ...kept, request, groundReason, travels }, said);
  }

  /** What rests on the consent is withdrawn; row security has closed the snapshot already. Finished ones stay finished, and it is told. */
  private async endAccess({ consentId, municipalityId }: { consentId: string; municipalityId: string }): Promise<void> {
    const resting = await this.transaction.query<{ id: string }>(restingOn, [municipalityId, consentId]);
    for (const { id } of resting) await this.moves.endAccess(await this.moves.lock(id));
  }
}

function notThere(field: string): DomainError {
  return new DomainError('INVALID_INPUT', {}, [{ field, code: 'notThere' }]);
}
