import {
  codeListEndpoints,
  editableLists,
  registrationEndpoints,
  reportEndpoints,
  visitEndpoints,
  type EditableCode,
} from '@tilts/domain';
import { aFamily, aVisit, TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { wordings, editable, reword, retire, bringBack } = codeListEndpoints;

describe('code lists', () => {
  const clock = new TestClock('2026-11-23T10:00:00Z');
  let app: TestApp;
  let coordinator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    coordinator = app.as.coordinator();
  });
  afterAll(() => app.close());

  const phone = { list: 'visits.channel', code: 'phone' };
  const found = async (list: string, code: string): Promise<EditableCode | undefined> =>
    (await coordinator.call(editable)).items.find(({ name }) => name === list)?.codes.find((one) => one.code === code);

  it('are all as Tilts says them at first', async () => {
    for (const person of [app.as.mediator('RIGA'), app.as.socialWorker('RIGA'), app.as.evaluator(), coordinator])
      expect(await person.call(wordings)).toEqual({ items: [], next: null });
    const { items } = await coordinator.call(editable);
    expect(items.map(({ name }) => name)).toEqual(editableLists().map(({ name }) => name));
    expect(items.map(({ name }) => name)).not.toContain('referrals.status');
    expect(await found('directory.needArea', 'EDU')).toEqual({
      list: 'directory.needArea',
      code: 'EDU',
      standard: { lv: 'Izglītība', en: 'Education', ru: 'Образование' },
      own: { lv: null, en: null, ru: null },
      retiredOn: null,
      mayRetire: true,
      version: 0,
    });
    for (const { codes } of items)
      for (const { standard } of codes) for (const text of Object.values(standard)) expect(text).toBeTruthy();
  });

  it('call a code as the coordinator says, for everybody, language by language', async () => {
    const words = { lv: 'Zvans', ru: 'Звонок' };
    const input = { ...phone, words, version: 0 };
    expect(await coordinator.call(reword, { input })).toMatchObject({
      standard: { lv: 'Saruna pa tālruni' },
      own: { lv: 'Zvans', en: null, ru: 'Звонок' },
      version: 1,
    });
    expect((await app.as.mediator('RIGA').call(wordings)).items).toEqual([
      { ...phone, lv: 'Zvans', en: null, ru: 'Звонок', retired: false, retiredOn: null },
    ]);
    // Sent again after a lost answer, or by a second coordinator: the version is not the row's any more.
    expect((await coordinator.refused(reword, { input })).code).toBe('CHANGED_MEANWHILE');
    const back = { ...phone, words: {}, version: 1 };
    await coordinator.call(reword, { input: back });
    expect((await app.as.mediator('RIGA').call(wordings)).items).toEqual([]);
  });

  it('retire a code on a day and bring it back; the words stay', async () => {
    const street = { list: 'visits.channel', code: 'street' };
    const words = { lv: 'Pagalmā' };
    await coordinator.call(reword, { input: { ...street, words, version: 0 } });
    const input = { ...street, retiredOn: '2026-11-24', version: 1 };
    expect(await coordinator.call(retire, { input })).toMatchObject({
      retiredOn: '2026-11-24',
      own: { lv: 'Pagalmā' },
    });
    const seen = async (): Promise<unknown> => (await app.as.evaluator().call(wordings)).items[0];
    expect(await seen()).toMatchObject({ ...street, retired: false, retiredOn: '2026-11-24' });
    await coordinator.call(retire, { input: { ...street, version: 2 } });
    expect(await seen()).toMatchObject({ retired: true, retiredOn: '2026-11-23' });
    expect((await coordinator.refused(bringBack, { input: { ...street, version: 2 } })).code).toBe('CHANGED_MEANWHILE');
    await coordinator.call(bringBack, { input: { ...street, version: 3 } });
    expect(await seen()).toMatchObject({ retired: false, retiredOn: null, lv: 'Pagalmā' });
  });

  it('never retire what rules and forms need, nor touch what is technical', async () => {
    for (const [list, code] of [
      ['directory.needArea', 'CHI'],
      ['visits.channel', 'homeVisit'],
      ['persons.gender', 'woman'],
    ] as const) {
      expect((await found(list, code))?.mayRetire).toBe(false);
      expect(await coordinator.refused(retire, { input: { list, code, version: 0 } })).toMatchObject({
        code: 'CODE_NEEDED',
      });
    }
    const sent = { list: 'referrals.status', code: 'sent', version: 0 };
    expect((await coordinator.refused(retire, { input: sent })).fields).toEqual([{ field: 'list', code: 'notThere' }]);
    const words = { lv: 'Nosūtīts' };
    expect((await coordinator.refused(reword, { input: { ...sent, words } })).fields).toEqual([
      { field: 'list', code: 'notThere' },
    ]);
  });

  it('take work that a phone did with a code that was retired meanwhile, and count it in the coordinator’s words', async () => {
    const online = { list: 'visits.channel', code: 'online' };
    await coordinator.call(retire, { input: { ...online, version: 0 } });
    const words = { lv: 'Videozvans' };
    await coordinator.call(reword, { input: { ...online, words, version: 1 } });
    const family = aFamily({ municipalityId: municipalityId('JELGAVA') });
    const mediator = app.as.mediator('JELGAVA');
    await mediator.call(registrationEndpoints.register, { input: family });
    const visit = aVisit(family, { day: '2026-11-23', channel: 'online', place: 'remote' });
    expect((await mediator.call(visitEndpoints.create, { input: visit })).channel).toBe('online');

    const input = { from: '2026-11', to: '2026-11', project: app.projectId };
    const csv = await app.as.evaluator().call(reportEndpoints.outcomesCsv, { input });
    expect(csv).toContain('Videozvans');
    expect(csv).not.toContain('Saruna tiešsaistē');
  });

  it('are edited by coordinators only', async () => {
    for (const person of [app.as.mediator('RIGA'), app.as.socialWorker('RIGA'), app.as.evaluator()]) {
      expect((await person.send(editable)).status).toBe(404);
      const input = { ...phone, version: 0 };
      for (const endpoint of [reword, retire, bringBack])
        expect((await person.send(endpoint as typeof bringBack, { input })).status).toBe(404);
    }
  });
});
