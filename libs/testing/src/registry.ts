import { newId, NewAssignment, NewInstitution, NewMunicipality, NewProject, NewService } from '@tilts/domain';

/** What a coordinator keeps: municipalities, institutions, projects, assignments. */

export function aMunicipality(stated: Partial<NewMunicipality> = {}): NewMunicipality {
  return Object.assign(new NewMunicipality(), {
    id: newId(),
    familyPrefix: 'TUK',
    name: 'Tukums',
    nameIn: 'Tukumā',
    periods: [{ validFrom: '2021-07-01', validTo: null, atvk: '0052000', name: 'Tukuma novads' }],
    ...stated,
  } satisfies Record<keyof Omit<NewMunicipality, 'rules'>, unknown>);
}

export function anInstitution(stated: Partial<NewInstitution> = {}): NewInstitution {
  return Object.assign(new NewInstitution(), {
    id: newId(),
    municipalityId: null,
    kind: 'ngo' as const,
    name: 'Biedrība „Liepziedi”',
    address: 'Parauga iela 1',
    phone: '+371 60000000',
    email: 'liepziedi@tilts.test',
    hours: 'P–Pk 9.00–17.00',
    answerDays: 7,
    followsMovedDays: false,
    ...stated,
  } satisfies Record<keyof NewInstitution, unknown>);
}

export function aService(stated: Pick<NewService, 'institutionId'> & Partial<NewService>): NewService {
  return Object.assign(new NewService(), {
    id: newId(),
    name: 'Padoms un pavadīšana',
    description: null,
    needAreas: ['SOC' as const],
    requiredDocuments: null,
    fees: 'Bez maksas',
    status: 'active',
    ...stated,
  } satisfies Record<keyof Omit<NewService, 'rules'>, unknown>);
}

export function aProject(stated: Partial<NewProject> = {}): NewProject {
  return Object.assign(new NewProject(), {
    id: newId(),
    name: 'Mediatoru darbs novados',
    nameEn: 'Mediators in the counties',
    grantNumber: null,
    startsOn: '2026-01-01',
    endsOn: null,
    funder: null,
    funderEn: null,
    ...stated,
  } satisfies Record<keyof Omit<NewProject, 'rules'>, unknown>);
}

export function anAssignment(
  stated: Pick<NewAssignment, 'mediatorId' | 'municipalityId' | 'projectId'> & Partial<NewAssignment>,
): NewAssignment {
  return Object.assign(new NewAssignment(), {
    id: newId(),
    startsOn: '2026-01-01',
    endsOn: null,
    hoursPerWeek: 12,
    ...stated,
  } satisfies Record<keyof Omit<NewAssignment, 'rules'>, unknown>);
}
