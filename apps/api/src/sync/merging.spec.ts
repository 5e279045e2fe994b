import {
  chosen,
  familyEndpoints,
  personEndpoints,
  registrationEndpoints,
  visitEndpoints,
  type Clash,
  type Command,
  type FamilyChange,
  type FamilyView,
  type VisitView,
} from '@tilts/domain';
import { aCorrection, aFamily, aVisit } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { Phone } from '../testing/phone.js';

describe('two people who change one thing', () => {
  let app: TestApp;
  let mediator: Somebody;
  let colleague: Somebody;
  let phone: Phone;
  let other: Phone;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    colleague = app.as.mediator('JELGAVA', 'second');
    [phone, other] = [new Phone(mediator), new Phone(colleague)];
  });
  afterAll(() => app.close());

  /** Covered by the colleague, so that both may write. */
  async function shared(): Promise<FamilyView> {
    const family = await mediator.call(registrationEndpoints.register, {
      input: aFamily({ municipalityId: municipalityId('JELGAVA'), address: 'Liepu iela 1' }),
    });
    await app.owner.query(
      `INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, reason) VALUES ($1, gen_random_uuid(), $2, $3, current_date - 1, 'cover')`,
      [family.municipalityId, family.id, await colleague.id()],
    );
    return family;
  }

  const changed = (on: Phone, family: FamilyView, stated: Partial<FamilyChange>): Command => {
    const { id, name, phone: number, address, language, arrangement, version, status, closeReason } = family;
    const input = { name, phone: number, address, language, arrangement, version, status, closeReason, ...stated };
    return on.write(familyEndpoints.change, { params: { id }, input, base: family });
  };
  const read = (id: string): Promise<FamilyView> => mediator.call(familyEndpoints.read, { params: { id } });
  const clash = (field: string, mine: string, theirs: string): Clash => ({
    field,
    mine: JSON.stringify(mine),
    theirs: JSON.stringify(theirs),
  });

  it('in different fields keep both changes', async () => {
    const family = await shared();
    const mine = changed(phone, family, { name: 'Ozolu ģimene' });
    expect((await other.handOne(changed(other, family, { address: 'Kļavu iela 2' }))).outcome).toBe('applied');
    const result = await phone.handOne(mine);
    expect(result).toMatchObject({ outcome: 'applied', clashes: [] });
    const now = await read(family.id);
    expect(now).toMatchObject({ name: 'Ozolu ģimene', address: 'Kļavu iela 2', version: 3 });
    expect(JSON.parse(result.output ?? '')).toEqual(now);
    expect((await phone.handOne(mine)).outcome).toBe('alreadyApplied');
    expect((await read(family.id)).version).toBe(3);
  });

  it('in the same field to different words are asked, with both texts, and nothing is overwritten', async () => {
    const family = await shared();
    await other.handOne(changed(other, family, { name: 'Kļavu ģimene', address: 'Kļavu iela 2' }));
    const mine = changed(phone, family, { name: 'Ozolu ģimene', arrangement: 'Zvanīt iepriekš' });
    const result = await phone.handOne(mine);
    expect(result).toMatchObject({
      outcome: 'conflict',
      version: 2,
      clashes: [clash('name', 'Ozolu ģimene', 'Kļavu ģimene')],
    });
    expect(await read(family.id)).toMatchObject({ name: 'Kļavu ģimene', arrangement: null, version: 2 });
    expect(await phone.handOne(mine)).toEqual(result);
    // What they choose is a command of its own, at the version that they saw.
    const choice = { ...changed(phone, family, {}), ...chosen(mine, result, { name: 'Ozolu ģimene' }) };
    expect(await phone.handOne(choice)).toMatchObject({ outcome: 'applied' });
    expect(await read(family.id)).toMatchObject({ name: 'Ozolu ģimene', address: 'Kļavu iela 2', version: 3 });
  });

  it('to the same words are of one mind', async () => {
    const family = await shared();
    await other.handOne(changed(other, family, { name: 'Kļavu ģimene' }));
    expect(await phone.handOne(changed(phone, family, { name: 'Kļavu ģimene' }))).toMatchObject({ outcome: 'applied' });
  });

  it('in one batch of one device build on each other', async () => {
    const family = await shared();
    const commands = [
      changed(phone, family, { name: 'Ozolu ģimene' }),
      changed(phone, family, { address: 'Rīgas iela 3' }),
    ];
    expect((await phone.hand(commands)).results.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
    expect(await read(family.id)).toMatchObject({ name: 'Ozolu ģimene', address: 'Rīgas iela 3', version: 3 });
  });

  it('where the same version stands for other words, since a backup was restored, are merged all the same', async () => {
    const family = await shared();
    const mine = changed(phone, { ...family, version: 2 }, { name: 'Ozolu ģimene' });
    await other.handOne(changed(other, family, { address: 'Kļavu iela 2' }));
    expect(await phone.handOne(mine)).toMatchObject({ outcome: 'applied' });
    expect(await read(family.id)).toMatchObject({ name: 'Ozolu ģimene', address: 'Kļavu iela 2', version: 3 });
  });

  it('are not merged without knowing what was read', async () => {
    const family = await shared();
    await other.handOne(changed(other, family, { address: 'Kļavu iela 2' }));
    const blind = { ...changed(phone, family, { name: 'Ozolu ģimene' }), base: null };
    expect(await phone.handOne(blind)).toMatchObject({ outcome: 'refused', code: 'CHANGED_MEANWHILE' });
  });

  it('keep the rules: what would be wrong together is refused', async () => {
    const family = await shared();
    const closed = await mediator.call(familyEndpoints.change, {
      params: { id: family.id },
      input: { ...inputOf(changed(phone, family, {})), status: 'closed', closeReason: 'moved' },
    });
    await other.handOne(changed(other, closed, { status: 'active', closeReason: null }));
    const mine = changed(phone, closed, { closeReason: 'other' });
    expect(await phone.handOne(mine)).toMatchObject({ outcome: 'conflict', clashes: [{ field: 'closeReason' }] });
  });

  it('correct a visit in different fields', async () => {
    const family = await shared();
    const visit = aVisit(family, { minutes: 30, note: 'Runājām par skolu' });
    await mediator.call(visitEndpoints.create, { input: visit });
    const params = { id: visit.id };
    const seen: VisitView = await mediator.call(visitEndpoints.read, { params });
    await other.handOne(
      other.write(visitEndpoints.correct, { params, input: aCorrection(visit, { minutes: 45 }), base: seen }),
    );
    const mine = aCorrection(visit, { note: 'Runājām par skolu un ārstu' });
    const command = phone.write(visitEndpoints.correct, { params, input: mine, base: seen });
    expect(await phone.handOne(command)).toMatchObject({ outcome: 'applied' });
    expect((await phone.handOne(command)).outcome).toBe('alreadyApplied');
    expect(await mediator.call(visitEndpoints.read, { params })).toMatchObject({
      minutes: 45,
      note: 'Runājām par skolu un ārstu',
      version: 3,
    });
  });

  it('shown the other’s words: the audit says that they read them', async () => {
    const family = await shared();
    await other.handOne(changed(other, family, { name: 'Kļavu ģimene' }));
    await phone.handOne(changed(phone, family, { name: 'Ozolu ģimene' }));
    const rows: unknown = await app.owner.query(
      `SELECT operation, kind FROM audit_event WHERE account_id = $1 AND $2 = ANY (subject_ids) ORDER BY at DESC LIMIT 1`,
      [await mediator.id(), family.id],
    );
    expect(rows).toEqual([{ operation: 'GET /families/{id}', kind: 'read' }]);
  });

  it('of whom one lost the family meanwhile are told no words of the other', async () => {
    const family = await shared();
    const [person] = (await mediator.call(personEndpoints.list, { input: { familyId: family.id } })).items;
    await mediator.call(familyEndpoints.change, {
      params: { id: family.id },
      input: inputOf(changed(phone, family, { name: 'Kļavu ģimene' })),
    });
    const mine = changed(other, family, { name: 'Ozolu ģimene' });
    await app.owner.query(`DELETE FROM family_mediator WHERE family_id = $1 AND reason = 'cover'`, [family.id]);
    expect(person).toBeDefined();
    expect(await other.handOne(mine)).toMatchObject({ outcome: 'refused', code: 'NOT_FOUND', clashes: [] });
  });
});

function inputOf({ content }: Command): FamilyChange {
  return (JSON.parse(content) as { input: FamilyChange }).input;
}
