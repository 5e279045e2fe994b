import { municipalityEndpoints, newId, periodOn, registrationEndpoints } from '@tilts/domain';
import { aFamily, aMunicipality } from '@tilts/testing';
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

  describe('kept by the coordinator', () => {
    const { list, create, change } = municipalityEndpoints;

    it('are added with a key of their own, once however often it is sent', async () => {
      const tukums = aMunicipality();
      const made = await app.as.coordinator().call(create, { input: tukums });
      expect(made).toMatchObject({ id: tukums.id, key: 'TUKUMS', familyPrefix: 'TUK', nameIn: 'Tukumā', version: 1 });
      expect(made.periods).toEqual(tukums.periods);
      expect(await app.as.coordinator().call(create, { input: tukums })).toEqual(made);
      const other = { ...tukums, name: 'Talsi' };
      expect(await app.as.coordinator().refused(create, { input: other })).toMatchObject({ code: 'ID_TAKEN' });
      const { items } = await app.as.mediator('RIGA').call(list);
      expect(items).toContainEqual(made);
      const again = aMunicipality({ familyPrefix: 'TUA' });
      expect((await app.as.coordinator().call(create, { input: again })).key).toBe('TUKUMS_2');
    });

    it('need a prefix that nobody else has', async () => {
      for (const [familyPrefix, code] of [
        ['JEL', 'taken'],
        ['jel', 'malformed'],
        ['JELG', 'tooLong'],
      ])
        expect(
          (await app.as.coordinator().refused(create, { input: aMunicipality({ familyPrefix: familyPrefix ?? '' }) }))
            .fields,
        ).toMatchObject([{ field: 'familyPrefix', code }]);
    });

    it('are changed with the version that was read; the key stays', async () => {
      const { rules: _, ...talsi } = aMunicipality({ familyPrefix: 'TLS', name: 'Talsi', nameIn: 'Talsos' });
      await app.as.coordinator().call(create, { input: aMunicipality(talsi) });
      const params = { id: talsi.id };
      const periods = [
        { validFrom: null, validTo: '2021-06-30', atvk: '0880200', name: 'Talsu novads' },
        { validFrom: '2021-07-01', validTo: null, atvk: '0051000', name: 'Talsu novads' },
      ];
      const input = { familyPrefix: 'TAL', name: 'Talsu novads', nameIn: 'Talsu novadā', periods, version: 1 };
      const changed = await app.as.coordinator().call(change, { params, input });
      expect(changed).toMatchObject({ key: 'TALSI', familyPrefix: 'TAL', name: 'Talsu novads', periods, version: 2 });
      expect(await app.as.coordinator().refused(change, { params, input })).toMatchObject({
        code: 'CHANGED_MEANWHILE',
      });
      expect(await app.as.coordinator().refused(change, { params: { id: newId() }, input })).toMatchObject({
        code: 'NOT_FOUND',
      });
    });

    it('keep their prefix as soon as a family has a code', async () => {
      const id = municipalityId('DOBELE');
      const known = (await app.as.coordinator().call(list)).items.find((one) => one.id === id);
      const { id: _, key: __, ...dobele } = known ?? { ...aMunicipality(), key: '', version: 0 };
      const input = { ...dobele, familyPrefix: 'DBL' };
      await app.as.mediator('DOBELE').call(registrationEndpoints.register, { input: aFamily({ municipalityId: id }) });
      expect(await app.as.coordinator().refused(change, { params: { id }, input })).toMatchObject({
        code: 'PREFIX_IN_USE',
      });
      const same = { ...dobele, nameIn: 'Dobeles novadā' };
      expect(await app.as.coordinator().call(change, { params: { id }, input: same })).toMatchObject({
        nameIn: 'Dobeles novadā',
        familyPrefix: 'DOB',
      });
    });

    it('are nobody else’s to change', async () => {
      for (const person of [app.as.mediator('RIGA'), app.as.socialWorker('RIGA'), app.as.evaluator()])
        expect((await person.send(create, { input: aMunicipality({ familyPrefix: 'ZZZ' }) })).status).toBe(404);
    });
  });
});
