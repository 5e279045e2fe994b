import { newId, registrationEndpoints, syncEndpoints, visitEndpoints, type FamilyView } from '@tilts/domain';
import { aFamily, aVisit } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { outcomesOf, Phone } from '../testing/phone.js';

const JELGAVA = municipalityId('JELGAVA');

describe('commands that come while the office', () => {
  let app: TestApp;
  let mediator: Somebody;
  let family: FamilyView;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    family = await mediator.call(registrationEndpoints.register, { input: aFamily({ municipalityId: JELGAVA }) });
  });
  afterAll(() => app.close());

  it.each([
    ['has no room on its disk', '53100'],
    ['has no memory', '53200'],
    ['stops a statement', '57014'],
    ['cannot write to its disk', '58030'],
    ['is a copy that only reads', '25006'],
  ])('%s wait for another try, and nothing is refused for it', async (_, code) => {
    const phone = new Phone(mediator);
    const commands = [1, 2, 3].map(() => phone.write(visitEndpoints.create, { input: aVisit(family) }));
    await app.owner.query(`CREATE FUNCTION trouble() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '${code}'; END $$`);
    await app.owner.query('CREATE TRIGGER trouble BEFORE INSERT ON visit EXECUTE FUNCTION trouble()');
    try {
      expect(outcomesOf(await phone.hand(commands))).toEqual(['notNow', 'notNow', 'notNow']);
    } finally {
      await app.owner.query('DROP TRIGGER trouble ON visit; DROP FUNCTION trouble()');
    }
    expect(outcomesOf(await phone.hand(commands))).toEqual(['applied', 'applied', 'applied']);
  });

  it.each([
    ['commands', syncEndpoints.commands.path],
    ['a rescue file', syncEndpoints.loadRescueFile.path.replace('{id}', newId())],
  ])('is sent %s by a stranger: they are sent away, and nobody looks into it', async (_, path) => {
    // Whoever looks into it first finds that it is no JSON, or that it is too large.
    const body = 'x'.repeat(1_000_000);
    const answers = await Promise.all(
      ['', 'Bearer', 'Bearer a.b.c'].map((authorization) => {
        const headers = { 'content-type': 'application/json', authorization };
        return fetch(`${app.address}/api${path}`, { method: 'POST', headers, body });
      }),
    );
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });
});
