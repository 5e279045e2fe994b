import { Injectable } from '@nestjs/common';
import {
  DomainError,
  isClosed,
  isClosedOn,
  isUnanswered,
  newId,
  noticeAfter,
  referralLifecycle,
  statusAfter,
} from '@tilts/domain';
import type {
  DeclineReason,
  InstitutionKind,
  NeedArea,
  NoticeKind,
  ReferralSide,
  ReferralStatus,
  ReferralStep,
} from '@tilts/domain';
import { ConsentService } from '../consents/consent.service.js';
import { Clock } from '../database/clock.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { InstitutionService } from '../directory/institution.service.js';
import { WorkingDays } from '../directory/working-days.js';
import { NoticeService } from '../notices/notice.service.js';
import { ReferralReader } from './referral-reader.js';
import { askedFrom, lockReferral, saltOf } from './referral-statements.js';
import { ReferralEvent } from './referral-story.entity.js';
import { ReferralWords } from './referral-words.js';
import { Referral, ReferralReference } from './referral.entity.js';

/** A referral that nobody else moves until this transaction ends. */
export interface LockedReferral {
  id: string;
  municipalityId: string;
  familyId: string;
  personId: string;
  institutionId: string;
  number: string;
  status: ReferralStatus;
  needArea: NeedArea;
  ground: string;
  takenById: string | null;
  answeredAt: string | null;
  sentAt: string | null;
  version: number;
}

/** Makes the moves of a referral by the table of its lifecycle, writes each down as an event and tells the other side. */
@Injectable()
export class ReferralMoves {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly clock: Clock,
    private readonly reader: ReferralReader,
    private readonly words: ReferralWords,
    private readonly consents: ConsentService,
    private readonly institutions: InstitutionService,
    private readonly workingDays: WorkingDays,
    private readonly notices: NoticeService,
  ) {}

  async lock(id: string): Promise<LockedReferral> {
    const [referral] = await this.transaction.query<LockedReferral>(lockReferral, [id]);
    if (!referral) throw new DomainError('NOT_FOUND');
    return referral;
  }

  async make(referral: LockedReferral, step: ReferralStep): Promise<void> {
    const { side } = this.reader;
    const to = statusAfter(referral.status, step.move, side, await this.askedFrom(referral));
    if (to === undefined)
      throw new DomainError(isClosed(referral.status) ? 'REFERRAL_CLOSED' : 'REFERRAL_MOVE_NOT_OFFERED');
    const { needs } = referralLifecycle[step.move];
    if (needs === 'reason' && !step.reason)
      throw new DomainError('REFERRAL_MOVE_NEEDS_REASON', {}, [{ field: 'reason', code: 'required' }]);
    if (needs === 'text' && !step.text)
      throw new DomainError('REFERRAL_MOVE_NEEDS_TEXT', {}, [{ field: 'text', code: 'required' }]);

    const changes = await this.changesOf(referral, step);
    await this.update(referral, { ...changes, status: to, ...this.answerOf(referral, to) });
    await this.writeDown(referral, step, to, side);
    const kind = noticeAfter[step.move];
    // A draft that is thrown away never reached anybody.
    if (kind && (referral.sentAt || step.move === 'send')) await this.tellOtherSide(referral, side, kind);
  }

  /** A consent was withdrawn: an open referral that rests on it is withdrawn, and of a finished one the institution is told. */
  async endAccess(referral: LockedReferral): Promise<void> {
    if (isClosed(referral.status)) await this.tellOtherSide(referral, 'sender', 'withdrawn');
    else await this.make(referral, { move: 'withdraw' });
  }

  private async changesOf(referral: LockedReferral, { move, text }: ReferralStep): Promise<Partial<Referral>> {
    const { session } = this.transaction;
    switch (move) {
      case 'send':
        return this.sending(referral);
      case 'receive':
        return { receivedAt: this.clock.now().toISOString() };
      case 'take':
        if (referral.takenById === session.accountId) throw new DomainError('REFERRAL_MOVE_NOT_OFFERED');
        return { takenBy: session.accountId };
      case 'release':
        if (referral.takenById !== session.accountId) throw new DomainError('REFERRAL_MOVE_NOT_OFFERED');
        return { takenBy: null };
      case 'setReference':
        await this.keepReference(referral, text ?? '');
        return {};
      default:
        return {};
    }
  }

  /** Whether it may be told is asked at the instant of sending, in SQL; a legal ground was given with its reason when it was written. */
  private async sending(referral: LockedReferral): Promise<Partial<Referral>> {
    const institution = await this.institutions.read(referral.institutionId);
    if (isClosedOn(institution, this.transaction.today)) throw new DomainError('INSTITUTION_CLOSED');
    const consentId = referral.ground === 'consent' ? await this.consentFor(referral, institution.kind) : null;
    if (referral.ground === 'consent' && consentId === null) throw new DomainError('REFERRAL_NEEDS_CONSENT');
    const dueOn = await this.workingDays.dueOn(institution, this.transaction.today);
    return { consentId, dueOn, sentAt: this.clock.now().toISOString() };
  }

  private consentFor(
    { familyId, personId, needArea }: LockedReferral,
    recipientKind: InstitutionKind,
  ): Promise<string | null> {
    return this.consents.shareHolds({ familyId, personId, purpose: needArea, recipientKind });
  }

  private answerOf(referral: LockedReferral, to: ReferralStatus): Partial<Referral> {
    const answers = !isUnanswered(to) && to !== 'draft' && to !== 'withdrawn';
    return answers && !referral.answeredAt ? { answeredAt: this.clock.now().toISOString() } : {};
  }

  private async update({ municipalityId, id, version }: LockedReferral, changes: Partial<Referral>): Promise<void> {
    const { affected } = await this.transaction.manager.update(
      Referral,
      { municipalityId, id, version },
      { ...changes, version: version + 1 },
    );
    if (!affected) throw new DomainError('CHANGED_MEANWHILE');
  }

  private async writeDown(
    referral: LockedReferral,
    step: ReferralStep,
    status: ReferralStatus,
    side: ReferralSide,
  ): Promise<void> {
    const { manager, session } = this.transaction;
    const { municipalityId, familyId, id: referralId } = referral;
    // Made while the referral is locked, so that events stand in the order in which they happened.
    const id = newId();
    const at = this.clock.now().toISOString();
    const words = step.text && step.move !== 'setReference' ? { text: step.text } : null;
    const sealed = words && this.words.seal('referral_event', id, await this.ownerOf(referral), words);
    const reason = (step.reason ?? null) as DeclineReason | null;
    await manager.insert(ReferralEvent, {
      municipalityId,
      familyId,
      referralId,
      id,
      move: step.move,
      status,
      side,
      by: session.accountId,
      at,
      reason,
      sealed,
    });
  }

  private async keepReference(referral: LockedReferral, reference: string): Promise<void> {
    if (reference.length > 60)
      throw new DomainError('INVALID_INPUT', {}, [{ field: 'text', code: 'tooLong', params: { max: 60 } }]);
    const { municipalityId, familyId, id: referralId } = referral;
    const sealed = this.words.seal('referral_reference', referralId, await this.ownerOf(referral), { reference });
    const { affected } = await this.transaction.manager.update(
      ReferralReference,
      { municipalityId, referralId },
      { sealed },
    );
    if (!affected)
      await this.transaction.manager.insert(ReferralReference, { municipalityId, familyId, referralId, sealed });
  }

  async tellOtherSide(
    { id, number, municipalityId }: Pick<LockedReferral, 'id' | 'number' | 'municipalityId'>,
    from: ReferralSide,
    kind: NoticeKind,
  ): Promise<void> {
    const other: ReferralSide = from === 'sender' ? 'receiver' : 'sender';
    // Neither side may see who works on the other: the database knows it, for a referral that the caller sees.
    const accounts = await this.transaction.query<{ id: string }>(
      'SELECT referral_audience AS id FROM referral_audience($1, $2, $3)',
      [municipalityId, id, other],
    );
    await this.notices.tell(
      accounts.map((account) => account.id),
      kind,
      { id, number },
    );
  }

  private async askedFrom({ municipalityId, id, status }: LockedReferral): Promise<ReferralStatus | null> {
    if (status !== 'moreInfoNeeded') return null;
    const [before] = await this.transaction.query<{ status: ReferralStatus }>(askedFrom, [municipalityId, id]);
    return before?.status ?? null;
  }

  private async ownerOf({
    municipalityId,
    familyId,
  }: LockedReferral): Promise<{ municipalityId: string; salt: Buffer | null }> {
    const [row] = await this.transaction.query<{ salt: Buffer }>(saltOf, [municipalityId, familyId]);
    return { municipalityId, salt: row?.salt ?? null };
  }
}
