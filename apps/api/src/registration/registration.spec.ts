import { consentEndpoints, familyEndpoints, newId, personEndpoints, registrationEndpoints } from '@tilts/domain';
import { aConsentToRecord, aFamily, aMember } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type TestApp } from '../test-app.js';

const { register } = registrationEndpoints;
const jelgava = municipalityId('JELGAVA');

describe('registering a family', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  it('writes the family, its members and its yes together', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const input = aFamily({ municipalityId: jelgava, name: 'Priežu ģimene', phone: '20000001' });
    const family = await mediator.call(register, { input });
    expect(family).toMatchObject({
      id: input.id,
      name: 'Priežu ģimene',
      phone: '+37120000001',
      status: 'active',
      version: 1,
      lastContactOn: null,
    });
    expect(family.code).toMatch(/^JEL-\d{4}$/);

    const persons = await mediator.call(personEndpoints.list, { input: { familyId: family.id } });
    expect(persons.items.map((person) => person.id).sort()).toEqual(input.persons.map((person) => person.id).sort());
    const consents = await mediator.call(consentEndpoints.list, { input: { familyId: family.id } });
    expect(consents.items).toEqual([
      expect.objectContaining({
        id: input.consent.id,
        kind: 'record',
        recordedBy: 'mediator JELGAVA',
        withdrawnOn: null,
      }),
    ]);
  });

  it('answers a repeated registration as the first time, two at once too', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const input = aFamily({ municipalityId: jelgava });
    const [first, second] = await Promise.all([mediator.call(register, { input }), mediator.call(register, { input })]);
    expect(second).toEqual(first);
    expect(await mediator.call(register, { input })).toEqual(first);
    expect(await mediator.refused(register, { input: aFamily({ ...input, name: 'Cits vārds' }) })).toMatchObject({
      code: 'ID_TAKEN',
    });
    expect(
      await mediator.refused(register, { input: aFamily({ ...input, consent: aConsentToRecord() }) }),
    ).toMatchObject({ code: 'ID_TAKEN' });
    expect(await mediator.refused(register, { input: aFamily({ ...input, persons: [aMember()] }) })).toMatchObject({
      code: 'ID_TAKEN',
    });
  });

  it('leaves nothing behind when one member is refused', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const taken = aFamily({ municipalityId: jelgava });
    await mediator.call(register, { input: taken });
    const input = aFamily({
      municipalityId: jelgava,
      persons: [aMember(), aMember({ id: taken.persons[0]?.id ?? '' })],
    });
    await mediator.refused(register, { input });
    expect(await mediator.refused(familyEndpoints.read, { params: { id: input.id } })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('needs the spoken yes and a place of work', async () => {
    const mediator = app.as.mediator('JELGAVA');
    const silent = aFamily({ municipalityId: jelgava, consent: aConsentToRecord({ spokenYes: false }) });
    expect(await mediator.refused(register, { input: silent })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ field: 'consent.spokenYes', code: 'required' }],
    });
    expect(
      await mediator.refused(register, { input: aFamily({ municipalityId: municipalityId('RIGA') }) }),
    ).toMatchObject({ code: 'NO_ASSIGNMENT' });
    expect(await mediator.refused(register, { input: aFamily({ municipalityId: newId() }) })).toMatchObject({
      code: 'NO_ASSIGNMENT',
    });
  });

  it('tells nothing of a colleague’s family with the same id', async () => {
    const input = aFamily({ municipalityId: jelgava });
    await app.as.mediator('JELGAVA').call(register, { input });
    const problem = await app.as.mediator('JELGAVA', 'second').refused(register, { input });
    expect(problem).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('numbers families without gaps while many are registered at once', async () => {
    const mediators = [app.as.mediator('DOBELE'), app.as.mediator('DOBELE', 'second')] as const;
    const inputs = Array.from({ length: 8 }, () => aFamily({ municipalityId: municipalityId('DOBELE') }));
    const families = await Promise.all(
      inputs.map((input, i) => (i % 2 ? mediators[0] : mediators[1]).call(register, { input })),
    );
    expect(families.map((family) => family.code).sort()).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => `DOB-000${number}`),
    );
  });

  it('is a mediator’s alone', async () => {
    for (const other of [app.as.socialWorker('JELGAVA'), app.as.evaluator(), app.as.coordinator()]) {
      expect((await other.send(register, { input: aFamily({ municipalityId: jelgava }) })).status).toBe(404);
    }
    expect(await app.as.nobody().refused(register, { input: aFamily({ municipalityId: jelgava }) })).toMatchObject({
      code: 'SIGN_IN_NEEDED',
    });
  });
});
