import {
  newId,
  PersonChange,
  personEndpoints,
  registrationEndpoints,
  type FamilyView,
  type PersonView,
} from '@tilts/domain';
import { aFamily, aPerson } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { list, create, read, change } = personEndpoints;

describe('persons', () => {
  let app: TestApp;
  let mediator: Somebody;
  let family: FamilyView;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    family = await mediator.call(registrationEndpoints.register, {
      input: aFamily({ municipalityId: municipalityId('JELGAVA'), persons: [] }),
    });
  });
  afterAll(() => app.close());

  const aKnownPerson = (stated: Partial<PersonView> = {}): Promise<PersonView> =>
    mediator.call(create, { input: aPerson({ familyId: family.id, ...stated }) });
  const changed = (
    { id: _id, familyId: _family, ...person }: PersonView,
    stated: Partial<PersonChange>,
  ): PersonChange => Object.assign(new PersonChange(), person, stated);

  it('are added to a family, the year of birth open and the date sealed', async () => {
    const person = await aKnownPerson({
      firstName: 'Zane',
      lastName: 'Sarkanābele',
      birthDate: '2011-05-06',
      birthYear: null,
    });
    expect(person).toMatchObject({
      firstName: 'Zane',
      birthDate: '2011-05-06',
      birthYear: 2011,
      version: 1,
      leftOn: null,
    });
    const [row] = await app.owner.query<{ text: string; hex: string }[]>(
      `SELECT p::text AS text, encode(sealed, 'hex') AS hex FROM person p WHERE id = $1`,
      [person.id],
    );
    expect(row?.text).toContain('2011');
    for (const word of ['Zane', 'Sarkanābele', '2011-05-06']) {
      expect(row?.text).not.toContain(word);
      expect(row?.hex).not.toContain(Buffer.from(word).toString('hex'));
    }
  });

  it('are added once', async () => {
    const input = aPerson({ familyId: family.id, birthDate: '2011-05-06', birthYear: null });
    const [first, second] = await Promise.all([mediator.call(create, { input }), mediator.call(create, { input })]);
    expect(second).toEqual(first);
    expect(await mediator.refused(create, { input: aPerson({ ...input, firstName: 'Cita' }) })).toMatchObject({
      code: 'ID_TAKEN',
    });
    const later = await mediator.call(change, {
      params: { id: first.id },
      input: changed(first, { firstName: 'Cita' }),
    });
    expect(await mediator.call(create, { input })).toEqual(later);
  });

  it('come whole, of one family too', async () => {
    const person = await aKnownPerson();
    expect((await mediator.call(list)).items).toContainEqual(person);
    expect((await mediator.call(list, { input: { familyId: family.id } })).items).toContainEqual(person);
    expect((await mediator.call(list, { input: { familyId: newId() } })).items).toEqual([]);
  });

  it('are changed, unless somebody changed them meanwhile', async () => {
    const person = await aKnownPerson();
    const input = changed(person, { schoolStatus: 'school', birthDate: '1984-02-03', leftOn: '2026-11-01' });
    const after = await mediator.call(change, { params: { id: person.id }, input });
    expect(after).toEqual({
      ...person,
      schoolStatus: 'school',
      birthDate: '1984-02-03',
      leftOn: '2026-11-01',
      version: 2,
    });
    expect(await mediator.refused(change, { params: { id: person.id }, input })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
  });

  it('of another mediator do not exist', async () => {
    const person = await aKnownPerson();
    const stranger = app.as.mediator('JELGAVA', 'second');
    expect(await stranger.refused(read, { params: { id: person.id } })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await stranger.refused(change, { params: { id: person.id }, input: changed(person, {}) })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await stranger.refused(create, { input: aPerson({ familyId: family.id }) })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await stranger.call(list)).items).toEqual([]);
  });

  it('are nobody else’s business', async () => {
    for (const other of [app.as.socialWorker('JELGAVA'), app.as.evaluator(), app.as.coordinator()]) {
      expect((await other.send(list)).status).toBe(404);
      expect((await other.send(create, { input: aPerson({ familyId: family.id }) })).status).toBe(404);
    }
  });
});
