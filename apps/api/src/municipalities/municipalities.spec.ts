import { municipalityEndpoints, periodOn } from '@tilts/domain';
import { startTestApp, type TestApp } from '../test-app.js';
import { municipalityId } from './municipality-seed.js';

describe('municipalities', () => {
  let app: TestApp;
  beforeAll(async () => (app = await startTestApp()));
  afterAll(() => app.close());

  it('are known to everybody, by the code and name of the day', async () => {
    for (const person of [
      app.as.mediator('RIGA'),
      app.as.socialWorker('RIGA'),
      app.as.evaluator(),
      app.as.coordinator(),
    ]) {
      const { items } = await person.call(municipalityEndpoints.list);
      expect(items.map((municipality) => municipality.key)).toEqual([
        'DOBELE',
        'JELGAVA',
        'RIGA',
        'VALMIERA',
        'VENTSPILS',
      ]);
      const valmiera = items[3];
      expect(valmiera).toMatchObject({ id: municipalityId('VALMIERA'), familyPrefix: 'VAL', nameIn: 'Valmierā' });
      expect(periodOn(valmiera?.periods ?? [], '2018-05-01')).toMatchObject({ atvk: '0250000', name: 'Valmiera' });
      expect(periodOn(valmiera?.periods ?? [], '2026-05-01')).toMatchObject({
        atvk: '0054000',
        name: 'Valmieras novads',
      });
    }
    expect(await app.as.nobody().refused(municipalityEndpoints.list)).toMatchObject({ code: 'SIGN_IN_NEEDED' });
  });
});
