import {
  consentEndpoints,
  FamilyChange,
  familyEndpoints,
  newId,
  registrationEndpoints,
  type FamilyView,
} from '@tilts/domain';
import { aConsentToShare, aFamily, TestClock } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';

const { list, read, change } = familyEndpoints;

describe('families', () => {
  const clock = new TestClock(new Date());
  let app: TestApp;
  let mediator: Somebody;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    mediator = app.as.mediator('JELGAVA');
  });
  afterAll(() => app.close());

  const aRegisteredFamily = async (name = 'Liepu ģimene'): Promise<FamilyView> => {
    const input = aFamily({ municipalityId: municipalityId('JELGAVA'), name, address: 'Liepu iela 1' });
    return mediator.call(registrationEndpoints.register, { input });
  };
  const changed = (family: FamilyView, stated: Partial<FamilyChange>): FamilyChange => {
    const { name, phone, address, language, arrangement, version, status, closeReason } = family;
    return Object.assign(
      new FamilyChange(),
      { name, phone, address, language, arrangement, version, status, closeReason },
      stated,
    );
  };

  it('come whole to their mediator, and to nobody else', async () => {
    const family = await aRegisteredFamily();
    const mine = await mediator.call(list);
    expect(mine.items).toContainEqual(family);
    expect(mine.next).toBeNull();
    for (const other of [app.as.mediator('JELGAVA', 'second'), app.as.mediator('RIGA')]) {
      expect((await other.call(list)).items).toEqual([]);
    }
  });

  it('of another mediator answer exactly like missing ones', async () => {
    const family = await aRegisteredFamily();
    const stranger = app.as.mediator('JELGAVA', 'second');
    const body = async (id: string): Promise<unknown> => ({
      ...(await stranger.refused(read, { params: { id } })),
      requestId: '',
    });
    expect(await body(family.id)).toEqual(await body(newId()));
    expect(
      await stranger.refused(change, { params: { id: family.id }, input: changed(family, { name: 'Mans' }) }),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('are changed, unless somebody changed them meanwhile', async () => {
    const family = await aRegisteredFamily();
    const input = changed(family, { name: 'Ozolu ģimene', phone: '20000002' });
    const after = await mediator.call(change, { params: { id: family.id }, input });
    expect(after).toEqual({ ...family, name: 'Ozolu ģimene', phone: '+37120000002', version: 2 });
    expect(await mediator.refused(change, { params: { id: family.id }, input })).toMatchObject({
      code: 'CHANGED_MEANWHILE',
    });
    expect(await mediator.call(read, { params: { id: family.id } })).toEqual(after);
  });

  it('let one of two changes at once through', async () => {
    const family = await aRegisteredFamily();
    const answers = await Promise.all(
      ['Viens', 'Otrs'].map((name) =>
        mediator.send(change, { params: { id: family.id }, input: changed(family, { name }) }),
      ),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
  });

  it('are closed with a reason and opened again', async () => {
    const family = await aRegisteredFamily();
    const closed = await mediator.call(change, {
      params: { id: family.id },
      input: changed(family, { status: 'closed', closeReason: 'moved' }),
    });
    expect(closed).toMatchObject({ status: 'closed', closeReason: 'moved', closedOn: clock.today() });
    expect(await mediator.refused(consentEndpoints.create, { input: aConsentToShare(family) })).toMatchObject({
      code: 'FAMILY_CLOSED',
    });
    const opened = await mediator.call(change, {
      params: { id: family.id },
      input: changed(closed, { status: 'active' }),
    });
    expect(opened).toMatchObject({ status: 'active', closeReason: null, closedOn: null });
  });

  it('are not written about after the yes was withdrawn, but may be closed', async () => {
    const family = await aRegisteredFamily();
    const [consent] = (await mediator.call(consentEndpoints.list, { input: { familyId: family.id } })).items;
    const withdrawal = aConsentToShare(family, {
      kind: 'record',
      purpose: null,
      recipientKind: null,
      withdraws: consent?.id ?? null,
    });
    await mediator.call(consentEndpoints.create, { input: withdrawal });
    expect(
      await mediator.refused(change, { params: { id: family.id }, input: changed(family, { name: 'Jauns vārds' }) }),
    ).toMatchObject({ code: 'FAMILY_NEEDS_CONSENT' });
    const input = changed(family, { status: 'closed', closeReason: 'ownWish' });
    expect(await mediator.call(change, { params: { id: family.id }, input })).toMatchObject({ status: 'closed' });
  });

  it('cannot be read from the database', async () => {
    const family = await aRegisteredFamily('Nolasāmais Vārds');
    const [row] = await app.owner.query<{ text: string; hex: string }[]>(
      `SELECT f::text AS text, encode(sealed, 'hex') AS hex FROM family f WHERE id = $1`,
      [family.id],
    );
    expect(row?.text).toContain(family.code);
    for (const word of ['Nolasāmais', 'Liepu']) {
      expect(row?.text).not.toContain(word);
      expect(row?.hex).not.toContain(Buffer.from(word).toString('hex'));
    }
  });

  it('whose salt is deleted are gone', async () => {
    const family = await aRegisteredFamily();
    await app.owner.query('DELETE FROM family_salt WHERE family_id = $1', [family.id]);
    expect(await mediator.refused(read, { params: { id: family.id } })).toMatchObject({ code: 'NOT_FOUND' });
    expect((await mediator.call(list)).items.map((item) => item.id)).not.toContain(family.id);
  });
});
