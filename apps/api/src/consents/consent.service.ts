import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, newId, spokenForProblems, withdrawalProblems } from '@tilts/domain';
import type {
  ConsentView,
  FieldProblem,
  InstitutionKind,
  NeedArea,
  NewConsent,
  Page,
  RecordConsent,
} from '@tilts/domain';
import { Accounts } from '../access/accounts.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService, type FamilyHeader } from '../families/family.service.js';
import { PersonService } from '../persons/person.service.js';
import {
  consentsOfFamilies,
  consentsOfFamily,
  lockConsents,
  oneConsent,
  recordHolds,
  shareHolds,
  sharesStillHeld,
} from './consent-statements.js';
import { Consent } from './consent.entity.js';

/** A row of the table, with the day on which it was withdrawn. `recordedBy` is an account here, a name in the View. */
export type KeptConsent = Consent & { withdrawnOn: string | null };

/** What is written of a consent; whether the notice was read and the yes spoken was asked before, and is what makes it one. */
type Facts = Omit<NewConsent, 'rules' | 'familyId' | 'noticeRead' | 'spokenYes'>;

/** Who asks whether something may be told to a kind of institution. */
export interface Share {
  familyId: string;
  personId: string;
  purpose: NeedArea;
  recipientKind: InstitutionKind;
}

export interface WithdrawnShare {
  consentId: string;
  familyId: string;
  municipalityId: string;
}
type WithdrawnListener = (withdrawn: WithdrawnShare) => Promise<void>;

/** What families said yes to: being recorded, and sharing one purpose with one kind of institution. Appended only. */
@Injectable()
export class ConsentService implements OnModuleInit {
  private readonly listeners: WithdrawnListener[] = [];

  constructor(
    private readonly transaction: RequestTransaction,
    private readonly accounts: Accounts,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
  ) {}

  onModuleInit(): void {
    this.families.groundIs((families) => this.recordHolds(families));
  }

  /** Referrals stand to the right of consents, so they ask here to be told, in the withdrawing transaction. */
  onShareWithdrawn(listener: WithdrawnListener): void {
    this.listeners.push(listener);
  }

  async list(familyId: string): Promise<Page<ConsentView>> {
    await this.families.header(familyId);
    const kept = await this.transaction.query<KeptConsent>(consentsOfFamily, [familyId]);
    return { items: await this.viewsOf(kept), next: null };
  }

  async ofFamilies(familyIds: readonly string[]): Promise<ConsentView[]> {
    return this.viewsOf(await this.transaction.query<KeptConsent>(consentsOfFamilies, [familyIds]));
  }

  /** A withdrawal answers with the consent that it ended. */
  async create(consent: NewConsent): Promise<ConsentView> {
    const kept = await createOnce(this.transaction, {
      id: consent.id,
      find: () => this.find(consent.id),
      same: (known) => isSame(known, consent),
      create: () => (consent.withdraws ? this.withdraw(consent, consent.withdraws) : this.give(consent)),
    });
    const [view] = await this.viewsOf(kept.withdraws ? [await this.known(kept.withdraws)] : [kept]);
    if (!view) throw new DomainError('NOT_FOUND');
    return view;
  }

  /** The yes with which a family's file begins; of many families in one statement. */
  async giveAtRegistration(given: readonly { family: FamilyHeader; consent: RecordConsent }[]): Promise<void> {
    const rows = given.map(({ family, consent }) => this.rowOf(family, { ...consent, kind: 'record' }));
    await this.transaction.manager.insert(Consent, rows);
  }

  /** Whether this is the yes that is kept under its id, for a registration that is sent twice. */
  async wasGiven(familyId: string, consent: RecordConsent): Promise<boolean> {
    const kept = await this.find(consent.id);
    return kept !== undefined && isSame(kept, { ...consent, kind: 'record', familyId });
  }

  /** Of every one of them. */
  async recordHolds(families: readonly Pick<FamilyHeader, 'id' | 'municipalityId'>[]): Promise<boolean> {
    const [answer] = await this.transaction.query<{ holds: boolean }>(recordHolds, [
      families.map(({ municipalityId }) => municipalityId),
      families.map(({ id }) => id),
    ]);
    return answer?.holds ?? false;
  }

  /** The consent that lets this travel at this instant; null when there is none. A withdrawal under way is waited for. */
  async shareHolds({ familyId, personId, purpose, recipientKind }: Share): Promise<string | null> {
    const { municipalityId } = await this.families.header(familyId);
    await this.transaction.query(lockConsents, [familyId]);
    const [consent] = await this.transaction.query<{ id: string }>(shareHolds, [
      municipalityId,
      familyId,
      personId,
      purpose,
      recipientKind,
    ]);
    return consent?.id ?? null;
  }

  private async give(consent: NewConsent): Promise<void> {
    // A yes to being recorded is what may reopen a file; everything else needs one that holds.
    const family =
      consent.kind === 'record'
        ? await this.families.header(consent.familyId)
        : await this.families.forNewFacts(consent.familyId);
    refuse(spokenForProblems(consent, await this.persons.ofFamily(family), this.transaction.today));
    await this.append(family, consent);
  }

  /** A withdrawal is always taken, whatever became of the family's file. Who may no longer be recorded is no longer shared either. */
  private async withdraw(withdrawal: NewConsent, consentId: string): Promise<void> {
    const family = await this.families.header(withdrawal.familyId);
    await this.transaction.query(lockConsents, [family.id]);
    const ended = await this.find(consentId);
    refuse(withdrawalProblems(withdrawal, ended));
    if (!ended) return;
    if (ended.withdrawnOn) throw new DomainError('CONSENT_WITHDRAWN');
    await this.persons.requireMembers(family, withdrawal.guardianId ? [withdrawal.guardianId] : [], 'guardianId');
    await this.append(family, endOf(ended, withdrawal));
    if (ended.kind === 'share') return this.tell(ended);
    for (const share of await this.transaction.query<KeptConsent>(sharesStillHeld, [
      family.municipalityId,
      family.id,
      ended.personId,
    ])) {
      await this.append(family, endOf(share, { ...withdrawal, id: newId() }));
      await this.tell(share);
    }
  }

  private async tell({ id, familyId, municipalityId }: KeptConsent): Promise<void> {
    for (const listener of this.listeners) await listener({ consentId: id, familyId, municipalityId });
  }

  private async append(family: FamilyHeader, consent: Facts): Promise<void> {
    await this.transaction.manager.insert(Consent, this.rowOf(family, consent));
  }

  private rowOf(family: FamilyHeader, consent: Facts): Consent {
    const { session, now } = this.transaction;
    const { id, kind, giver, givenOn, noticeVersion } = consent;
    const { personId = null, guardianId = null, withdraws = null } = consent;
    // What a yes to being recorded is for and for whom needs no saying.
    const { purpose = null, recipientKind = null } = kind === 'share' ? consent : {};
    const facts = { kind, purpose, recipientKind, personId, giver, guardianId, givenOn, noticeVersion, withdraws };
    return {
      ...facts,
      id,
      municipalityId: family.municipalityId,
      familyId: family.id,
      recordedBy: session.accountId,
      recordedAt: now,
    };
  }

  private async find(id: string): Promise<KeptConsent | undefined> {
    return (await this.transaction.query<KeptConsent>(oneConsent, [id]))[0];
  }

  private async known(id: string): Promise<KeptConsent> {
    const consent = await this.find(id);
    if (!consent) throw new DomainError('NOT_FOUND');
    return consent;
  }

  private async viewsOf(kept: KeptConsent[]): Promise<ConsentView[]> {
    const names = await this.accounts.namesOf(kept.map((consent) => consent.recordedBy));
    return kept.map((consent) => ({ ...consent, recordedBy: names.get(consent.recordedBy) ?? '' }));
  }
}

/** The end of a consent says of itself what it ends; only who said so, when and in which words is new. */
function endOf(ended: KeptConsent, { id, giver, guardianId, givenOn, noticeVersion }: Facts): Facts {
  const { kind, purpose, recipientKind, personId } = ended;
  return { id, kind, purpose, recipientKind, personId, giver, guardianId, givenOn, noticeVersion, withdraws: ended.id };
}

/** Only what is kept is compared; of a withdrawal the kind, purpose and person are those of the consent it ends. */
function isSame(kept: KeptConsent, said: Facts & { familyId: string }): boolean {
  const fields = ['familyId', 'giver', 'guardianId', 'givenOn', 'noticeVersion', 'withdraws'] as const;
  const scope = said.withdraws
    ? []
    : (['kind', 'personId', ...(said.kind === 'share' ? (['purpose', 'recipientKind'] as const) : [])] as const);
  return [...fields, ...scope].every((field) => (kept[field] ?? null) === (said[field] ?? null));
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw new DomainError('INVALID_INPUT', {}, problems);
}
