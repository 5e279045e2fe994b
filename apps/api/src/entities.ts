import { Account, Credential } from './access/account.entity.js';
import { RefreshToken, Session, SignInDelay } from './access/session.entity.js';
import { Consent } from './consents/consent.entity.js';
import { AuditEvent } from './database/audit-event.entity.js';
import { KeyCheck } from './database/key-check.entity.js';
import { Institution, Service } from './directory/institution.entity.js';
import { WorkingDayException } from './directory/working-day-exception.entity.js';
import { FamilyIdentity, FamilyMediator } from './families/family-reach.entity.js';
import { Family, FamilySalt } from './families/family.entity.js';
import { Assignment, Project } from './mediators/project.entity.js';
import { Municipality, MunicipalityPeriod } from './municipalities/municipality.entity.js';
import { Notice } from './notices/notice.entity.js';
import { Outcome } from './outcomes/outcome.entity.js';
import { Person, PersonIdentity } from './persons/person.entity.js';
import { ReferralEvent, ReferralMessage } from './referrals/referral-story.entity.js';
import { Referral, ReferralReference, ReferralSnapshot } from './referrals/referral.entity.js';
import { Assistance, AssistancePerson, VisitPerson } from './visits/assistance.entity.js';
import { Draft } from './visits/draft.entity.js';
import { NextStepDone } from './visits/next-step-done.entity.js';
import { UnrecordedHelp } from './visits/unrecorded-help.entity.js';
import { Visit } from './visits/visit.entity.js';

/** Every table that Tilts keeps, those that others refer to first. */
export const entities = [
  AuditEvent,
  KeyCheck,
  Municipality,
  MunicipalityPeriod,
  Institution,
  Service,
  WorkingDayException,
  Account,
  Credential,
  Session,
  RefreshToken,
  SignInDelay,
  Project,
  Assignment,
  Family,
  FamilySalt,
  FamilyMediator,
  FamilyIdentity,
  Person,
  PersonIdentity,
  Consent,
  Outcome,
  Visit,
  VisitPerson,
  Assistance,
  AssistancePerson,
  NextStepDone,
  UnrecordedHelp,
  Draft,
  Notice,
  Referral,
  ReferralSnapshot,
  ReferralReference,
  ReferralEvent,
  ReferralMessage,
];
