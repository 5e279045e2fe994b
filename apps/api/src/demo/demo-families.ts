import type { Day } from '@tilts/domain';
import { Consent } from '../consents/consent.entity.js';
import { Family, FamilySalt } from '../families/family.entity.js';
import { Person } from '../persons/person.entity.js';
import type { DemoRecords } from './demo-records.js';
import { situation, type DemoFamily } from './households.js';

const firstDayOfNewNotice = '2026-11-01';

/** Adds the rows of a family with its members and its yes. Called last, when everything about it is known. */
export function addFamily(records: DemoRecords, family: DemoFamily, mediatorId: string): void {
  const { random } = records;
  const { id, municipalityId, openedOn, closed, persons } = family;
  const [contact] = persons;
  const words = {
    name: `${contact.firstName} ${contact.lastName}`,
    phone: contact.phone,
    address: family.address,
    language: family.language,
    arrangement: random.chance(0.3)
      ? random.pick(['Zvanīt pirms', 'Suns pagalmā', 'Labāk pēcpusdienās', 'Zvana poga nestrādā'])
      : null,
  };
  records.add(Family, {
    municipalityId,
    id,
    code: family.code,
    status: closed ? 'closed' : 'active',
    closeReason: closed?.reason ?? null,
    openedOn,
    closedOn: closed?.on ?? null,
    lastContactOn: family.lastContactOn,
    version: 1,
    createdBy: mediatorId,
    sealed: records.seal(family, 'family', id, words),
  });
  const salt = records.salts.get(id);
  if (!salt) throw new Error('A family is sealed before its salt is written');
  records.add(FamilySalt, { municipalityId, familyId: id, salt });
  addRecordConsent(records, family, mediatorId, openedOn);

  const year = Number(records.now.toISOString().slice(0, 4));
  for (const person of persons) {
    const birthDate = random.chance(0.4)
      ? `${person.birthYear}-${twoDigits(random.int(1, 12))}-${twoDigits(random.int(1, 28))}`
      : null;
    const sealed = records.seal(family, 'person', person.id, {
      firstName: person.firstName,
      lastName: person.lastName,
      birthDate,
      phone: person.phone,
    });
    records.add(Person, {
      municipalityId,
      id: person.id,
      familyId: id,
      householdRole: person.role,
      birthYear: person.birthYear,
      gender: person.gender,
      ...situation(random, year - person.birthYear),
      leftOn: null,
      version: 1,
      sealed,
    });
  }
}

function addRecordConsent(records: DemoRecords, family: DemoFamily, mediatorId: string, day: Day): void {
  const recordedAt = records.moment(day);
  records.add(Consent, {
    municipalityId: family.municipalityId,
    id: records.id(recordedAt),
    familyId: family.id,
    personId: null,
    kind: 'record',
    purpose: null,
    recipientKind: null,
    giver: 'person',
    guardianId: null,
    givenOn: day,
    noticeVersion: noticeOf(day),
    withdraws: null,
    recordedBy: mediatorId,
    recordedAt,
  });
}

/** The wording that was read aloud on that day. */
export function noticeOf(day: Day): '2017-10' | '2026-11' {
  return day < firstDayOfNewNotice ? '2017-10' : '2026-11';
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}
