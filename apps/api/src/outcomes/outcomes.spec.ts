import { newId, outcomeEndpoints, registrationEndpoints, type NewFamily } from '@tilts/domain';
import { aFamily, anOutcome } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { list, create } = outcomeEndpoints;

describe('outcomes', () => {
  let app: TestApp;
  let mediator: Somebody;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
  });
  afterAll(() => app.close());

  const aRegisteredFamily = async (): Promise<NewFamily> => {
    const input = aFamily({ municipalityId: municipalityId('JELGAVA') });
    await mediator.call(registrationEndpoints.register, { input });
    return input;
  };

  it('are recorded once, of an old day too, for a person or the family', async () => {
    const family = await aRegisteredFamily();
    const input = anOutcome(family, {
      personId: family.persons[0]?.id ?? null,
      type: 'documentObtained',
      day: '2018-03-01',
    });
    const [first, second] = await Promise.all([mediator.call(create, { input }), mediator.call(create, { input })]);
    expect(first).toMatchObject({
      type: 'documentObtained',
      day: '2018-03-01',
      personId: input.personId,
      visitId: null,
      recordedBy: 'mediator JELGAVA',
    });
    expect(second).toEqual(first);
    expect(await mediator.refused(create, { input: anOutcome(family, { ...input, type: 'inWork' }) })).toMatchObject({
      code: 'ID_TAKEN',
    });
    const ofFamily = await mediator.call(create, {
      input: anOutcome(family, { personId: null, type: 'flatRepaired', day: '2018-04-01' }),
    });
    expect((await mediator.call(list, { input: { familyId: family.id } })).items).toEqual([ofFamily, first]);
  });

  it('are refused on a day without an assignment and for somebody else’s people', async () => {
    const [family, other] = [await aRegisteredFamily(), await aRegisteredFamily()];
    expect(await mediator.refused(create, { input: anOutcome(family, { day: '2017-09-30' }) })).toMatchObject({
      code: 'NO_ASSIGNMENT',
    });
    const input = anOutcome(family, { personId: other.persons[0]?.id ?? null });
    expect((await mediator.refused(create, { input })).fields).toEqual([{ field: 'personId', code: 'notThere' }]);
  });

  it('written by mistake are voided by a row of their own, once', async () => {
    const family = await aRegisteredFamily();
    const wrong = await mediator.call(create, { input: anOutcome(family, { day: '2018-03-01' }) });
    const input = anOutcome(family, { voids: wrong.id });
    await mediator.call(create, { input });
    await mediator.call(create, { input });
    expect((await mediator.call(list, { input: { familyId: family.id } })).items).toEqual([]);
    expect((await mediator.refused(create, { input: anOutcome(family, { voids: wrong.id }) })).fields).toEqual([
      { field: 'voids', code: 'notThere' },
    ]);
    expect((await mediator.refused(create, { input: anOutcome(family, { voids: input.id }) })).fields).toEqual([
      { field: 'voids', code: 'notThere' },
    ]);
    expect((await mediator.refused(create, { input: anOutcome(family, { voids: newId() }) })).fields).toEqual([
      { field: 'voids', code: 'notThere' },
    ]);
  });

  it('are voided once when several try at the same moment', async () => {
    const family = await aRegisteredFamily();
    const wrong = await mediator.call(create, { input: anOutcome(family, { day: '2018-03-01' }) });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => mediator.send(create, { input: anOutcome(family, { voids: wrong.id }) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
  });

  it('are paged, newest first', async () => {
    const family = await aRegisteredFamily();
    for (const day of ['2018-01-02', '2018-01-01', '2018-01-02', '2018-01-03'])
      await mediator.call(create, { input: anOutcome(family, { day }) });
    const whole = await mediator.call(list, { input: { familyId: family.id } });
    expect(whole.items.map((outcome) => outcome.day)).toEqual(['2018-01-03', '2018-01-02', '2018-01-02', '2018-01-01']);
    const first = await mediator.call(list, { input: { familyId: family.id, limit: 2 } });
    const second = await mediator.call(list, { input: { familyId: family.id, limit: 2, after: first.next } });
    expect([...first.items, ...second.items]).toEqual(whole.items);
    expect(second.next).toBeNull();
  });

  it('are their mediator’s alone', async () => {
    const family = await aRegisteredFamily();
    await mediator.call(create, { input: anOutcome(family) });
    const stranger = app.as.mediator('JELGAVA', 'second');
    expect((await stranger.call(list)).items).toEqual([]);
    expect(await stranger.refused(create, { input: anOutcome(family) })).toMatchObject({ code: 'NOT_FOUND' });
    for (const other of [app.as.socialWorker('JELGAVA'), app.as.evaluator(), app.as.coordinator()]) {
      expect((await other.send(list)).status).toBe(404);
    }
  });
});
