import {
  currentNoticeVersion,
  dayOf,
  ImportedFamily,
  newId,
  NewConsent,
  NewFamily,
  NewHouseholdMember,
  NewImport,
  NewPerson,
  RecordConsent,
} from '@tilts/domain';

/** Builders give a valid thing; a test states only what matters to it. */

/** A new family with its yes and two members; `municipalityId` is where its mediator works. */
export function aFamily(stated: Pick<NewFamily, 'municipalityId'> & Partial<NewFamily>): NewFamily {
  return Object.assign(new NewFamily(), {
    id: newId(),
    name: 'Bērziņu ģimene',
    phone: null,
    address: null,
    language: 'latvian',
    arrangement: null,
    consent: aConsentToRecord(),
    persons: [
      aMember({ householdRole: 'contact' }),
      aMember({
        firstName: 'Pēteris',
        lastName: 'Bērziņš',
        gender: 'man',
        birthYear: 2014,
        schoolStatus: 'school',
        employmentStatus: 'notApplicable',
      }),
    ],
    ...stated,
  } satisfies Record<keyof Omit<NewFamily, 'rules'>, unknown>);
}

export function aConsentToRecord(stated: Partial<RecordConsent> = {}): RecordConsent {
  return Object.assign(new RecordConsent(), {
    id: newId(),
    givenOn: dayOf(new Date()),
    noticeVersion: currentNoticeVersion,
    noticeRead: true,
    spokenYes: true,
    giver: 'person' as const,
    ...stated,
  });
}

/** A member of a family that is being registered. */
export function aMember(stated: Partial<NewHouseholdMember> = {}): NewHouseholdMember {
  return Object.assign(new NewHouseholdMember(), {
    id: newId(),
    firstName: 'Anna',
    lastName: 'Bērziņa',
    birthDate: null,
    birthYear: 1984,
    householdRole: stated.householdRole ?? 'child',
    gender: 'woman' as const,
    schoolStatus: 'notApplicable' as const,
    employmentStatus: 'unknown' as const,
    phone: null,
    ...stated,
  });
}

/** A person who joins a family that is registered already. */
export function aPerson(stated: Pick<NewPerson, 'familyId'> & Partial<NewPerson>): NewPerson {
  return Object.assign(new NewPerson(), aMember(stated), stated);
}

/** The yes to telling social services what is needed. */
export function aConsentToShare(family: { id: string }, stated: Partial<NewConsent> = {}): NewConsent {
  return Object.assign(new NewConsent(), aConsentToRecord(), {
    familyId: family.id,
    personId: null,
    kind: 'share' as const,
    purpose: 'SOC' as const,
    recipientKind: 'socialService' as const,
    guardianId: null,
    withdraws: null,
    ...stated,
  });
}

/** A family of a list that a mediator takes over. */
export function anImportedFamily(
  stated: Pick<ImportedFamily, 'municipalityId'> & Partial<ImportedFamily>,
): ImportedFamily {
  return Object.assign(new ImportedFamily(), aFamily(stated), { line: 2 }, stated);
}

/** How much of a list is announced. */
export function anImport(families: readonly ImportedFamily[], stated: Partial<NewImport> = {}): NewImport {
  return Object.assign(new NewImport(), {
    id: newId(),
    municipalityId: families[0]?.municipalityId ?? newId(),
    families: families.length,
    persons: families.reduce((sum, family) => sum + family.persons.length, 0),
    parts: 1,
    ...stated,
  });
}
