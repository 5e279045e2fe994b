import {
  allEndpoints,
  noticeEndpoints,
  referralEndpoints,
  registrationEndpoints,
  visitEndpoints,
  directoryEndpoints,
  syncEndpoints,
  type FamilyView,
  type Stamp,
} from '@tilts/domain';
import {
  aConsentToShare,
  aCorrection,
  aFamily,
  anInstitution,
  anOutcome,
  aPerson,
  aReferral,
  aVisit,
} from '@tilts/testing';
import { consentEndpoints, newId, outcomeEndpoints, personEndpoints } from '@tilts/domain';
import { institutionId } from '../directory/directory-rows.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { Phone } from '../testing/phone.js';

describe('what differs from what a phone holds', () => {
  let app: TestApp;
  let mediator: Somebody;
  let colleague: Somebody;
  let phone: Phone;
  let first: FamilyView;
  let second: FamilyView;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    colleague = app.as.mediator('JELGAVA', 'second');
    phone = new Phone(mediator);
    [first, second] = [await registered(), await registered()];
  });
  afterAll(() => app.close());

  const registered = (by = mediator): Promise<FamilyView> =>
    by.call(registrationEndpoints.register, { input: aFamily({ municipalityId: municipalityId('JELGAVA') }) });
  const ids = (stamps: readonly Stamp[]): string[] => stamps.map(({ of }) => of).sort();
  const giveTo = async (family: FamilyView, to: Somebody): Promise<void> => {
    await app.owner.query(
      `INSERT INTO family_mediator (municipality_id, id, family_id, mediator_id, starts_on, reason) VALUES ($1, gen_random_uuid(), $2, $3, current_date - 1, 'handedOver')`,
      [family.municipalityId, family.id, await to.id()],
    );
  };
  const takeFrom = async (family: FamilyView, from: Somebody): Promise<void> => {
    await app.owner.query('DELETE FROM family_mediator WHERE family_id = $1 AND mediator_id = $2', [
      family.id,
      await from.id(),
    ]);
  };

  it('is everything at first, and nothing when nothing has changed', async () => {
    const all = await phone.changes();
    expect([all.whole, ids(all.families)]).toEqual([true, [first.id, second.id].sort()]);
    const now = await phone.changes(all.cursor);
    expect(now).toMatchObject({ whole: false, families: [], reference: all.reference });
  });

  it('is the family that a colleague wrote about, with another stamp', async () => {
    await giveTo(second, colleague);
    const before = await phone.changes();
    const visit = aVisit(second);
    await colleague.call(visitEndpoints.create, { input: visit });
    const after = await phone.changes(before.cursor);
    expect([after.whole, ids(after.families)]).toEqual([false, [second.id]]);
    expect(before.families).not.toContainEqual(after.families[0]);
    const [bundle] = await phone.bundles(second.id);
    expect(bundle?.stamp).toBe(after.families[0]?.stamp);
    expect(bundle?.visits.map(({ id }) => id)).toContain(visit.id);
  });

  it('is never overlooked while somebody else is still writing', async () => {
    const { cursor } = await phone.changes();
    const writer = app.owner.createQueryRunner();
    await writer.startTransaction();
    await writer.query('UPDATE family SET last_contact_on = current_date - 9 WHERE id = $1', [first.id]);
    // Later transactions come and go; a phone asks in between.
    await colleague.call(visitEndpoints.create, { input: aVisit(second) });
    const between = await phone.changes(cursor);
    expect(ids(between.families)).toEqual([second.id]);
    await writer.commitTransaction();
    await writer.release();
    expect(ids((await phone.changes(between.cursor)).families)).toContain(first.id);
  });

  it.each([
    ['a person', () => mediator.call(personEndpoints.create, { input: aPerson({ familyId: first.id }) })],
    ['a consent', () => mediator.call(consentEndpoints.create, { input: aConsentToShare(first) })],
    ['an outcome', () => mediator.call(outcomeEndpoints.create, { input: anOutcome(first) })],
    [
      'a correction',
      async () => {
        const visit = aVisit(first);
        await mediator.call(visitEndpoints.create, { input: visit });
        const { cursor } = await phone.changes();
        await mediator.call(visitEndpoints.correct, {
          params: { id: visit.id },
          input: aCorrection(visit, { minutes: 5 }),
        });
        return cursor;
      },
    ],
    [
      'a next step that was done',
      async () => {
        const visit = aVisit(first, { nextStep: 'Zvanīt', nextStepOn: aVisit(first).day });
        await mediator.call(visitEndpoints.create, { input: visit });
        const { cursor } = await phone.changes();
        await mediator.call(visitEndpoints.finishNextStep, { params: { id: visit.id } });
        return cursor;
      },
    ],
  ])('is told of %s', async (_, change) => {
    const { cursor } = await phone.changes();
    const told = await change();
    expect(ids((await phone.changes(typeof told === 'string' ? told : cursor)).families)).toEqual([first.id]);
  });

  it('is told of what an institution does with a referral', async () => {
    const worker = app.as.socialWorker('JELGAVA');
    await worker.id();
    const [person] = (await mediator.call(personEndpoints.list, { input: { familyId: first.id } })).items;
    await mediator.call(consentEndpoints.create, { input: aConsentToShare(first) });
    const referral = aReferral(
      { ...first, persons: [{ id: person?.id ?? '' }] } as unknown as Parameters<typeof aReferral>[0],
      { institutionId: institutionId('JELGAVA', 'socialService') },
    );
    await mediator.call(referralEndpoints.create, { input: referral });
    const params = { id: referral.id };
    await mediator.call(referralEndpoints.move, { params, input: { move: 'send' } });
    let { cursor, reference } = await phone.changes();
    const notices = (stamps: Stamp[]): unknown => stamps.find(({ of }) => of === 'notices');
    for (const act of [
      () => worker.call(referralEndpoints.read, { params }),
      () => worker.call(referralEndpoints.write, { params, input: { id: newId(), text: 'Labdien!' } }),
      () => worker.call(referralEndpoints.move, { params, input: { move: 'accept' } }),
    ]) {
      await act();
      const changes = await phone.changes(cursor);
      expect(ids(changes.families)).toEqual([first.id]);
      cursor = changes.cursor;
      if (act !== undefined) reference = changes.reference;
    }
    const [unread] = (await mediator.call(noticeEndpoints.list)).items;
    await mediator.call(noticeEndpoints.markRead, { params: { id: unread?.id ?? '' } });
    expect(notices((await phone.changes(cursor)).reference)).not.toEqual(notices(reference));
  });

  it('is whole when a family came or went, and the one that went is not in it', async () => {
    const theirs = await registered(colleague);
    const before = await phone.changes();
    await giveTo(theirs, mediator);
    const came = await phone.changes(before.cursor);
    expect([came.whole, ids(came.families)]).toEqual([true, [first.id, second.id, theirs.id].sort()]);
    await takeFrom(theirs, mediator);
    const went = await phone.changes(came.cursor);
    expect([went.whole, ids(went.families)]).toEqual([true, [first.id, second.id].sort()]);
    expect(await phone.bundles(theirs.id)).toEqual([]);
  });

  it('is whole for who comes with a cursor that is none, or of another database', async () => {
    const { cursor } = await phone.changes();
    const [generation, finished, reach] = Buffer.from(cursor, 'base64url').toString().split(' ');
    const made = (...parts: unknown[]): string => Buffer.from(parts.join(' ')).toString('base64url');
    for (const odd of [
      'x',
      'ā'.repeat(20),
      made(newId(), finished, reach),
      made(generation, BigInt(finished ?? 0) + 1_000_000n, reach),
      made(generation, finished, 'another'),
    ])
      expect((await phone.changes(odd)).whole).toBe(true);
    expect((await phone.changes(cursor)).whole).toBe(false);
  });

  it('is whole after a restore, which has another generation, and nothing is carried out for the old one', async () => {
    const before = await phone.changes();
    const visit = phone.write(visitEndpoints.create, { input: aVisit(first) });
    await app.owner.query('UPDATE installation SET generation = gen_random_uuid()');
    const after = await phone.changes(before.cursor);
    expect(after.whole).toBe(true);
    expect(after.generation).not.toBe(before.generation);
    expect(after.families.map(({ stamp }) => stamp)).not.toContain(before.families[0]?.stamp);
    phone.generation = before.generation;
    expect(await phone.hand([visit])).toMatchObject({ generation: after.generation, results: [{ outcome: 'notNow' }] });
    phone.generation = after.generation;
    expect(await phone.hand([visit])).toMatchObject({ results: [{ outcome: 'applied' }] });
  });

  it('says which lists have changed', async () => {
    const of = async (part: string): Promise<string | undefined> =>
      (await phone.changes()).reference.find((stamp) => stamp.of === part)?.stamp;
    const before = await phone.changes();
    const [directory, codes] = [await of('directory'), await of('codeLists')];
    await app.as.coordinator().call(directoryEndpoints.create, { input: anInstitution() });
    expect(await of('directory')).not.toBe(directory);
    expect(await of('codeLists')).toBe(codes);
    const projects = await of('projects');
    await app.owner.query('UPDATE assignment SET hours_per_week = 13 WHERE mediator_id = $1', [await mediator.id()]);
    expect(await of('projects')).not.toBe(projects);
    const theirs = await of('projects');
    await app.owner.query('UPDATE assignment SET hours_per_week = 13 WHERE mediator_id = $1', [await colleague.id()]);
    expect(await of('projects')).toBe(theirs);
    expect(before.reference.map(({ of: part }) => part)).toHaveLength(6);
  });

  it('leaves one audit row that names the families', async () => {
    await phone.bundles(first.id, second.id, newId());
    const rows = (await app.owner.query(
      `SELECT subject_ids FROM audit_event WHERE operation = 'GET /sync/families' ORDER BY at DESC LIMIT 1`,
    )) as { subject_ids: string[] }[];
    expect([...(rows[0]?.subject_ids ?? [])].sort()).toEqual([first.id, second.id].sort());
  });

  it('is not for everybody', async () => {
    for (const other of [app.as.coordinator(), app.as.socialWorker('JELGAVA'), app.as.evaluator()]) {
      expect((await other.refused(syncEndpoints.changes, { input: { deviceId: phone.id } })).code).toBe('NOT_FOUND');
      expect((await other.refused(syncEndpoints.families, { input: { ids: [first.id] } })).code).toBe('NOT_FOUND');
    }
    expect(await new Phone(app.as.mediator('RIGA')).bundles(first.id)).toEqual([]);
    expect(allEndpoints).toContain(syncEndpoints.families);
  });
});
