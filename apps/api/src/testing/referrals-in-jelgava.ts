import { consentEndpoints, referralEndpoints, registrationEndpoints } from '@tilts/domain';
import type {
  NewConsent,
  NewFamily,
  NewReferral,
  Problem,
  ReferralMove,
  ReferralSent,
  ReferralStep,
  ReferralView,
} from '@tilts/domain';
import { aConsentToShare, aFamily, aMember, aReferral } from '@tilts/testing';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import type { Somebody, TestApp } from '../test-app.js';

type More = Partial<ReferralStep>;

/** A mediator and two workers of the social service who pass referrals on, for specs. Everything sensitive is called „Slepen…”. */
export class ReferralsInJelgava {
  readonly mediator: Somebody;
  readonly worker: Somebody;
  readonly colleague: Somebody;
  readonly socialService = institutionId('JELGAVA', 'socialService');

  constructor(app: TestApp) {
    this.mediator = app.as.mediator('JELGAVA');
    this.worker = app.as.socialWorker('JELGAVA');
    this.colleague = app.as.socialWorker('JELGAVA', 'second');
  }

  /** An account exists from its first sign-in on; who has none cannot be told anything. */
  async come(): Promise<void> {
    await Promise.all([this.mediator.id(), this.worker.id(), this.colleague.id()]);
  }

  async registered(consent?: Partial<NewConsent>): Promise<NewFamily & { share: NewConsent | undefined }> {
    const zane = { firstName: 'Zane', lastName: 'Slepena', birthDate: '1984-05-06', birthYear: null };
    const family = aFamily({
      municipalityId: municipalityId('JELGAVA'),
      name: 'Slepeņu ģimene',
      address: 'Slepenā iela 5, Jelgava',
      phone: '+37129999999',
      language: 'romani',
      persons: [aMember({ householdRole: 'contact', ...zane }), aMember({ firstName: 'Roberts', lastName: 'Slepens' })],
    });
    await this.mediator.call(registrationEndpoints.register, { input: family });
    const share = consent && aConsentToShare(family, consent);
    if (share) await this.mediator.call(consentEndpoints.create, { input: share });
    return Object.assign(family, { share });
  }

  /** A draft, resting on nothing unless a consent to share is stated. */
  async written(stated: Partial<NewReferral> = {}, consent?: Partial<NewConsent>): Promise<ReferralSent> {
    return this.writtenFor(await this.registered(consent), stated);
  }

  async writtenFor(family: NewFamily, stated: Partial<NewReferral> = {}): Promise<ReferralSent> {
    const referral = aReferral(family, { institutionId: this.socialService, ...stated });
    return (await this.mediator.call(referralEndpoints.create, { input: referral })) as ReferralSent;
  }

  async sent(stated: Partial<NewReferral> = {}): Promise<ReferralSent> {
    return this.move(this.mediator, await this.written(stated, {}), 'send');
  }

  async move(by: Somebody, { id }: ReferralView, move: ReferralMove, more: More = {}): Promise<ReferralSent> {
    return (await by.call(referralEndpoints.move, { params: { id }, input: { move, ...more } })) as ReferralSent;
  }

  refused(by: Somebody, { id }: ReferralView, move: ReferralMove, more: More = {}): Promise<Problem> {
    return by.refused(referralEndpoints.move, { params: { id }, input: { move, ...more } });
  }

  async open(by: Somebody, { id }: ReferralView): Promise<ReferralSent> {
    return (await by.call(referralEndpoints.read, { params: { id } })) as ReferralSent;
  }
}
