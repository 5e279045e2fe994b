import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choice, Choices, Count, DateOnly, Parts, Reference, Text, YesNo } from '../fields/fields.js';
import { Paging } from '../endpoint/page.js';
import { needAreas, type NeedArea } from './need-area.js';

/** Kinds of institution that a mediator refers to (domain notes 3.3). */
export const institutionKinds = choices('directory.kind', [
  'socialService',
  'educationBoard',
  'school',
  'preschool',
  'pedagogicalCommission',
  'employmentAgency',
  'custodyCourt',
  'childProtectionCentre',
  'migrationOffice',
  'registryOffice',
  'housingCommission',
  'familyDoctor',
  'disabilityCommission',
  'insuranceAgency',
  'probationService',
  'statePolice',
  'municipalPolice',
  'integrationFoundation',
  'ombudsman',
  'bailiff',
  'crisisCentre',
  'ngo',
]);
export type InstitutionKind = ChoiceOf<typeof institutionKinds>;

/** Open Referral HSDS 3 `service.status`. */
export const serviceStatuses = choices('directory.serviceStatus', ['active', 'inactive', 'temporarilyClosed']);

/** Something an institution does for people (HSDS `service`). */
export class ServiceView {
  @Reference()
  id: string;

  @Text({ max: 200 })
  name: string;

  @Text({ max: 1_000, optional: true })
  description: string | null;

  @Choices(needAreas)
  needAreas: NeedArea[];

  /** Papers to bring. */
  @Text({ max: 500, optional: true })
  requiredDocuments: string | null;

  @Text({ max: 200, optional: true })
  fees: string | null;

  @Choice(serviceStatuses)
  status: string;
}

/** A body that can be asked for help (HSDS `organization`). */
export class InstitutionView {
  @Reference()
  id: string;

  /** Null: works in the whole country. */
  @Reference({ optional: true })
  municipalityId: string | null;

  @Choice(institutionKinds)
  kind: InstitutionKind;

  @Text({ max: 200 })
  name: string;

  @Text({ max: 200, optional: true })
  address: string | null;

  @Text({ max: 40, optional: true })
  phone: string | null;

  @Text({ max: 254, optional: true })
  email: string | null;

  @Text({ max: 200, optional: true })
  hours: string | null;

  /** Working days in which it promises to answer. */
  @Count({ min: 1, max: 120 })
  answerDays: number;

  /** The day by which it would answer a referral sent today. */
  @DateOnly()
  answerBy: string;

  /** Whether somebody there reads Tilts; if not, the referral is printed and the answer entered by the mediator. */
  @YesNo()
  hasUsers: boolean;

  @DateOnly({ optional: true })
  confirmedOn: string | null;

  @Parts(() => ServiceView)
  services: ServiceView[];
}

/** Institutions of this municipality and of the whole country, which have an active service for this need. */
export class InstitutionFilter extends Paging {
  @Reference({ optional: true })
  municipalityId?: string | null;

  @Choice(needAreas, { optional: true })
  needArea?: NeedArea | null;
}
