import { Injectable } from '@nestjs/common';
import {
  birthYearOf,
  DomainError,
  NewHouseholdMember,
  PersonDetails,
  sameContent,
  type NewPerson,
  type Page,
  type PersonChange,
  type PersonFilter,
  type PersonView,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { Seals, type Place } from '../database/seals.js';
import { openColumnsOf, openOf, sensitiveOf } from '../database/sensitive-fields.js';
import { FamilyService, type FamilyHeader } from '../families/family.service.js';
import { Person } from './person.entity.js';

interface Row extends Omit<PersonView, 'firstName' | 'lastName' | 'birthDate' | 'phone'> {
  municipalityId: string;
  sealed: Buffer;
  salt: Buffer;
}

/** A family with those who are added to it. */
export interface Household {
  family: FamilyHeader;
  members: readonly NewHouseholdMember[];
}

const persons = `
  SELECT p.id, p.municipality_id AS "municipalityId", p.family_id AS "familyId", ${openColumnsOf(PersonDetails, 'p')}, p.left_on AS "leftOn", p.version, p.sealed, s.salt
  FROM person p JOIN family_salt s ON s.municipality_id = p.municipality_id AND s.family_id = p.family_id`;
const allPersons = `${persons} ORDER BY p.family_id, p.birth_year NULLS LAST, p.id`;
const personsOfFamily = `${persons} WHERE p.family_id = $1 ORDER BY p.birth_year NULLS LAST, p.id`;
const personsOfFamilies = `${persons} WHERE p.family_id = ANY ($1) ORDER BY p.birth_year NULLS LAST, p.id`;
const membersAmong = 'SELECT family_id AS "familyId", id FROM person WHERE family_id = ANY ($1) AND id = ANY ($2)';
const onePerson = `${persons} WHERE p.id = $1`;

/** The members of the families in a mediator's reach. Names, phone and the full date of birth are sealed with the family's salt. */
@Injectable()
export class PersonService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
    private readonly families: FamilyService,
  ) {}

  /** Oldest first, those who left the household too. */
  async list({ familyId }: PersonFilter): Promise<Page<PersonView>> {
    const rows = familyId
      ? await this.transaction.query<Row>(personsOfFamily, [familyId])
      : await this.transaction.query<Row>(allPersons);
    return { items: rows.map((row) => this.viewOf(row)), next: null };
  }

  async ofFamily(family: Pick<FamilyHeader, 'id'>): Promise<PersonView[]> {
    return (await this.list({ familyId: family.id })).items;
  }

  async ofFamilies(familyIds: readonly string[]): Promise<PersonView[]> {
    const rows = await this.transaction.query<Row>(personsOfFamilies, [familyIds]);
    return rows.map((row) => this.viewOf(row));
  }

  async read(id: string): Promise<PersonView> {
    return this.viewOf(await this.row(id));
  }

  async create(person: NewPerson): Promise<PersonView> {
    return createOnce(this.transaction, {
      id: person.id,
      find: () => this.find(person.id),
      same: (kept) => kept.familyId === person.familyId && isSameMember(kept, person),
      create: async () => this.add(await this.families.forNewFacts(person.familyId), [person]),
    });
  }

  /** Writes new members; the caller has made sure that the family may be written about. */
  async add(family: FamilyHeader, members: readonly NewHouseholdMember[]): Promise<void> {
    await this.addAll([{ family, members }]);
  }

  /** The members of many families in one statement. */
  async addAll(households: readonly Household[]): Promise<void> {
    const rows = households.flatMap(({ family: { municipalityId, id: familyId, salt }, members }) =>
      members.map((member) => ({
        ...this.columnsOf(member, { id: member.id, municipalityId, salt }),
        municipalityId,
        id: member.id,
        familyId,
        leftOn: null,
        version: 1,
      })),
    );
    if (rows.length > 0) await this.transaction.manager.insert(Person, rows);
  }

  async change(id: string, change: PersonChange): Promise<PersonView> {
    const before = await this.row(id);
    await this.families.forNewFacts(before.familyId);
    const columns = { ...this.columnsOf(change, before), leftOn: change.leftOn ?? null, version: change.version + 1 };
    const { affected } = await this.transaction.manager.update(
      Person,
      { municipalityId: before.municipalityId, id, version: change.version },
      columns,
    );
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    return this.read(id);
  }

  /** Refuses, at `field`, ids of people who are not in this family: a foreign key would accept the neighbours. */
  async requireMembers(
    family: Pick<FamilyHeader, 'id'>,
    personIds: readonly string[],
    field = 'personIds',
  ): Promise<void> {
    await this.requireAllMembers([{ familyId: family.id, personIds }], field);
  }

  /** The same of several families at once. */
  async requireAllMembers(
    named: readonly { familyId: string; personIds: readonly string[] }[],
    field = 'personIds',
  ): Promise<void> {
    const asked = named.flatMap(({ familyId, personIds }) => personIds.filter(Boolean).map((id) => ({ familyId, id })));
    if (asked.length === 0) return;
    const found = await this.transaction.query<{ familyId: string; id: string }>(membersAmong, [
      [...new Set(asked.map(({ familyId }) => familyId))],
      [...new Set(asked.map(({ id }) => id))],
    ]);
    const members = new Map(found.map(({ familyId, id }) => [id, familyId]));
    if (asked.some(({ familyId, id }) => members.get(id) !== familyId))
      throw new DomainError('INVALID_INPUT', {}, [{ field, code: 'notThere' }]);
  }

  private columnsOf(
    person: PersonDetails,
    at: { id: string; municipalityId: string; salt: Buffer },
  ): Pick<Person, 'birthYear' | 'sealed'> & Partial<Person> {
    const sealed = this.seals.seal(placeOf(at), at.salt, sensitiveOf(PersonDetails, person));
    return { ...openOf(PersonDetails, person), birthYear: birthYearOf(person), sealed };
  }

  private async find(id: string): Promise<PersonView | undefined> {
    const [row] = await this.transaction.query<Row>(onePerson, [id]);
    return row && this.viewOf(row);
  }

  private async row(id: string): Promise<Row> {
    const [row] = await this.transaction.query<Row>(onePerson, [id]);
    if (!row) throw new DomainError('NOT_FOUND');
    return row;
  }

  private viewOf(row: Row): PersonView {
    return { ...row, ...this.seals.unseal<Pick<PersonView, 'firstName'>>(placeOf(row), row.salt, row.sealed) };
  }
}

/** Whether a repeated create says what is kept. Once the person was changed that cannot be told: the id alone decides. */
export function isSameMember(kept: PersonView, said: NewHouseholdMember): boolean {
  return kept.version > 1 || sameContent(NewHouseholdMember, kept, { ...said, birthYear: birthYearOf(said) });
}

function placeOf(person: { id: string; municipalityId: string }): Place {
  return { table: 'person', id: person.id, tenant: person.municipalityId };
}
