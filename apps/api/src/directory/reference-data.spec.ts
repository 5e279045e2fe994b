import { directoryEndpoints, municipalityEndpoints } from '@tilts/domain';
import { aMunicipality } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { institutionId } from './directory-rows.js';
import { exampleKinds } from './institutions-seed.js';
import { loadExampleDirectory, loadReferenceData } from './reference-data.js';

const { register, offered, takeOver, change, remove, workingYear, removeException } = directoryEndpoints;

/** An installation without demo data, as its first coordinator finds it. */
describe('reference data', () => {
  let app: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    app = await startTestApp();
    await app.owner.query('TRUNCATE municipality, working_day_exception, reference_set CASCADE');
    await loadReferenceData(app.owner.manager);
    coordinator = app.as.coordinator();
  });
  afterAll(() => app.close());

  it('are at first the institutions of the whole country, without contacts that nobody checked', async () => {
    expect((await coordinator.call(municipalityEndpoints.list)).items).toEqual([]);
    const { items } = await coordinator.call(register);
    expect(items.map(({ kind }) => kind)).toContain('employmentAgency');
    for (const { municipalityId: city, address, phone, email, hours, confirmedOn, services } of items) {
      expect([city, address, phone, email, hours, confirmedOn]).toEqual([null, null, null, null, null, null]);
      expect(services.length).toBeGreaterThan(0);
    }
  });

  it('offer five municipalities, each with the offices that really exist there', async () => {
    const { items } = await coordinator.call(offered);
    expect(items.map(({ key }) => key)).toEqual(['JELGAVA', 'DOBELE', 'RIGA', 'VALMIERA', 'VENTSPILS']);
    for (const { institutions } of items) {
      expect(institutions.map(({ kind }) => kind)).toContain('socialService');
      expect(institutions.filter(({ kind }) => exampleKinds.some((example) => example === kind))).toEqual([]);
    }
    expect((await app.as.evaluator().send(offered)).status).toBe(404);
  });

  it('bring a municipality with its institutions and services, once', async () => {
    const jelgava = await coordinator.call(takeOver, { input: { key: 'JELGAVA' } });
    expect(jelgava).toMatchObject({
      id: municipalityId('JELGAVA'),
      familyPrefix: 'JEL',
      nameIn: 'Jelgavā',
      version: 1,
    });
    expect(jelgava.periods).toHaveLength(2);
    const { items } = await coordinator.call(register, { input: { municipalityId: jelgava.id } });
    expect(items[0]).toMatchObject({ kind: 'socialService', name: 'Jelgavas sociālo lietu pārvalde', phone: null });
    expect(items[0]?.services.length).toBeGreaterThan(1);
    expect((await coordinator.call(offered)).items.map(({ key }) => key)).not.toContain('JELGAVA');
    for (const key of ['JELGAVA', 'TUKUMS'])
      expect(await coordinator.refused(takeOver, { input: { key } })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await app.as.evaluator().send(takeOver, { input: { key: 'DOBELE' } })).status).toBe(404);
  });

  it('give another prefix when a typed municipality has it already', async () => {
    await coordinator.call(municipalityEndpoints.create, {
      input: aMunicipality({ name: 'Dobeles apkārtne', familyPrefix: 'DOB' }),
    });
    expect(await coordinator.call(takeOver, { input: { key: 'DOBELE' } })).toMatchObject({ familyPrefix: 'DOE' });
  });

  it('are never written over what a coordinator changed, nor bring back what was taken away', async () => {
    const nva = institutionId(null, 'employmentAgency');
    const { version } = await coordinator.call(directoryEndpoints.institution, { params: { id: nva } });
    const mine = { name: 'NVA Jelgavas filiāle', answerDays: 3, followsMovedDays: true, version };
    await coordinator.call(change, { params: { id: nva }, input: mine });
    await coordinator.call(remove, { params: { id: institutionId(null, 'ombudsman') } });
    await coordinator.call(removeException, { input: { day: '2023-07-10' } });
    const before = await coordinator.call(register);

    await loadReferenceData(app.owner.manager);

    expect(await coordinator.call(register)).toEqual(before);
    expect(before.items.find(({ id }) => id === nva)).toMatchObject({ name: 'NVA Jelgavas filiāle', answerDays: 3 });
    expect(before.items.map(({ kind }) => kind)).not.toContain('ombudsman');
    expect((await coordinator.call(workingYear, { input: { year: 2023 } })).exceptions).toEqual([]);
  });

  it('of the demo are everything that the seed knows, with invented contacts', async () => {
    await app.owner.query('TRUNCATE municipality CASCADE');
    await loadExampleDirectory(app.owner.manager);
    await loadExampleDirectory(app.owner.manager);
    const [counted] = await app.owner.query<{ cities: number; contacts: number; all: number }[]>(
      `SELECT (SELECT count(*) FROM municipality) AS cities, count(phone) AS contacts, count(*) AS "all" FROM institution`,
    );
    expect(counted).toEqual({ cities: 5, contacts: counted?.all, all: counted?.all });
    expect(counted?.all).toBeGreaterThan(60);
  });
});
