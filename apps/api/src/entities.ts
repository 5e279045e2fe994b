import { Account, Credential } from './access/account.entity.js';
import { ControllerNaming, Installation } from './access/installation.entity.js';
import { OneTimeLink } from './access/one-time-link.entity.js';
import { PasskeyChallenge, RecoveryCode, SecondFactor, SignInTicket } from './access/second-factor.entity.js';
import { RefreshToken, Session, SignInDelay } from './access/session.entity.js';
import { CodeWording } from './codeLists/code-wording.entity.js';
import { Consent } from './consents/consent.entity.js';
import { AuditEvent } from './database/audit-event.entity.js';
import { KeyCheck } from './database/key-check.entity.js';
import { Institution, Service } from './directory/institution.entity.js';
import { ReferenceSet } from './directory/reference-set.entity.js';
import { WorkingDayException } from './directory/working-day-exception.entity.js';
import { FamilyIdentity, FamilyMediator } from './families/family-reach.entity.js';
import { Family, FamilySalt } from './families/family.entity.js';
import { FamilyImport, FamilyImportPart, FamilyOfImport } from './imports/family-import.entity.js';
import { Assignment, Project } from './mediators/project.entity.js';
import { Municipality, MunicipalityPeriod } from './municipalities/municipality.entity.js';
import { Notice } from './notices/notice.entity.js';
import { Outcome } from './outcomes/outcome.entity.js';
import { Person, PersonIdentity } from './persons/person.entity.js';
import { ReferralEvent, ReferralMessage } from './referrals/referral-story.entity.js';
import { ReachSheet, ReachStale } from './reports/reach-sheet.entity.js';
import { Referral, ReferralReference, ReferralSnapshot } from './referrals/referral.entity.js';
import { Device, Receipt } from './sync/device.entity.js';
import { FamilyStamp } from './sync/family-stamp.entity.js';
import { RescuedWork } from './sync/rescued-work.entity.js';
import { Assistance, AssistancePerson, VisitPerson } from './visits/assistance.entity.js';
import { Draft } from './visits/draft.entity.js';
import { NextStepDone } from './visits/next-step-done.entity.js';
import { UnrecordedHelp } from './visits/unrecorded-help.entity.js';
import { Visit } from './visits/visit.entity.js';

/** Every table that Tilts keeps, those that others refer to first. */
export const entities = [
  AuditEvent,
  KeyCheck,
  CodeWording,
  Municipality,
  MunicipalityPeriod,
  Institution,
  Service,
  WorkingDayException,
  ReferenceSet,
  Account,
  Credential,
  Session,
  RefreshToken,
  SignInDelay,
  SecondFactor,
  RecoveryCode,
  SignInTicket,
  PasskeyChallenge,
  OneTimeLink,
  Installation,
  ControllerNaming,
  Project,
  Assignment,
  Family,
  FamilySalt,
  FamilyMediator,
  FamilyIdentity,
  Person,
  PersonIdentity,
  Consent,
  FamilyImport,
  FamilyImportPart,
  FamilyOfImport,
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
  Device,
  Receipt,
  RescuedWork,
  FamilyStamp,
  ReachSheet,
  ReachStale,
];
