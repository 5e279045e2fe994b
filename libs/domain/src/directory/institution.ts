import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choice, Count, DateOnly, Email, Parts, Reference, Text, YesNo } from '../fields/fields.js';
import type { Day } from '../fields/day.js';
import { Paging } from '../endpoint/page.js';
import { needAreas, type NeedArea } from './need-area.js';
import { ServiceView } from './service.js';

/** Kinds of institution that a mediator refers to (domain notes 3.3). */
export const institutionKinds = choices(
  'directory.kind',
  [
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
  ],
  { needed: ['socialService'] },
);
export type InstitutionKind = ChoiceOf<typeof institutionKinds>;

/** What a coordinator writes about an institution. */
export class InstitutionDetails {
  @Text({ max: 200 })
  name: string;

  @Text({ max: 200, optional: true })
  address?: string | null;

  @Text({ max: 40, optional: true })
  phone?: string | null;

  @Email({ optional: true })
  email?: string | null;

  @Text({ max: 200, optional: true })
  hours?: string | null;

  /** Working days in which it promises to answer. */
  @Count({ min: 1, max: 120 })
  answerDays: number;

  /** Moved working days bind state bodies; municipalities are only advised to follow them. */
  @YesNo()
  followsMovedDays: boolean;
}

/** Kind and place never change: consents were given for them, and referrals belong to a municipality. */
export class NewInstitution extends InstitutionDetails {
  @Reference()
  id: string;

  /** Null: works in the whole country. */
  @Reference({ optional: true })
  municipalityId?: string | null;

  @Choice(institutionKinds)
  kind: InstitutionKind;
}

export class InstitutionChange extends InstitutionDetails {
  @Count({ min: 1 })
  version: number;
}

/** Confirming, closing and reopening say only which version was seen. */
export class InstitutionSeen {
  @Count({ min: 1 })
  version: number;
}

/** A body that can be asked for help (HSDS `organization`). */
export class InstitutionView extends InstitutionDetails {
  @Reference()
  id: string;

  /** Null: works in the whole country. */
  @Reference({ optional: true })
  municipalityId: string | null;

  @Choice(institutionKinds)
  kind: InstitutionKind;

  /** The day by which it would answer a referral sent today. */
  @DateOnly()
  answerBy: string;

  /** Whether somebody there can sign in to Tilts; if not, the referral is printed and the answer entered by the mediator. */
  @YesNo()
  hasUsers: boolean;

  /** The day on which somebody asked whether all this still holds. */
  @DateOnly({ optional: true })
  confirmedOn: string | null;

  @Parts(() => ServiceView)
  services: ServiceView[];
}

/** An institution as the coordinator keeps it. */
export class InstitutionRecord extends InstitutionView {
  /** From that day on nothing new is sent there; what was sent before goes on. */
  @DateOnly({ optional: true })
  closedOn: string | null;

  @Count({ min: 1 })
  version: number;
}

/** Institutions of this municipality and of the whole country, which have an active service for this need. */
export class InstitutionFilter extends Paging {
  @Reference({ optional: true })
  municipalityId?: string | null;

  @Choice(needAreas, { optional: true })
  needArea?: NeedArea | null;
}

/** What the coordinator looks through: one municipality or the whole country's own (`national`), closed ones too. */
export class RegisterFilter extends Paging {
  @Reference({ optional: true })
  municipalityId?: string | null;

  @YesNo({ optional: true })
  national?: boolean | null;
}

/** Whether nothing new is sent there on that day. */
export function isClosedOn({ closedOn }: Pick<InstitutionRecord, 'closedOn'>, day: Day): boolean {
  return closedOn !== null && closedOn <= day;
}
