import {
  FamilyChange,
  familyEndpoints,
  importEndpoints,
  personEndpoints,
  draftEndpoints,
  newId,
  visitEndpoints,
  consentEndpoints,
  registrationEndpoints,
  type ImportedFamily,
  type ImportView,
} from '@tilts/domain';
import { aConsentToShare, aFamily, aPerson, aVisit } from '@tilts/testing';
import { Client } from 'pg';
import { withLogin } from '../database/data-source.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { findInEveryColumn } from '../database/testing/find-in-every-column.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { aList, handedIn } from '../testing/handed-in.js';

const { commit, undo, read } = importEndpoints;

describe('taking an import back', () => {
  let app: TestApp;
  let mediator: Somebody;
  let everything: Client;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    everything = new Client({ connectionString: (app.owner.options as { url: string }).url });
    await everything.connect();
  });
  afterAll(async () => {
    await everything.end();
    await app.close();
  });

  const written = async (families: ImportedFamily[]): Promise<string> => {
    const id = await handedIn(mediator, families);
    await mediator.call(commit, { params: { id }, input: {} });
    return id;
  };
  const takeBack = (id: string): Promise<ImportView> => mediator.call(undo, { params: { id } });

  it('erases nothing that an import did not bring, whatever a statement of a feature writes about it', async () => {
    const family = aFamily({ municipalityId: municipalityId('JELGAVA') });
    await mediator.call(registrationEndpoints.register, { input: family });
    await app.owner.query(`UPDATE consent SET recorded_at = now() - interval '2 days' WHERE family_id = $1`, [
      family.id,
    ]);
    const accountId = await mediator.id();
    const [session] = await app.owner.query<{ id: string }[]>('SELECT id FROM session WHERE account_id = $1', [
      accountId,
    ]);
    const transaction = app.nest.get(RequestTransaction);
    const context = { sessionId: session?.id ?? '', requestId: newId(), readOnly: false };
    const removed = await transaction.run(context, async () => {
      const id = newId();
      await transaction.query(
        `INSERT INTO family_import (id, account_id, municipality_id, families, persons, parts, started_at, written_at, removed) VALUES ($1, $2, $3, 1, 1, 1, now(), now(), 0)`,
        [id, accountId, family.municipalityId],
      );
      await transaction.query(
        `INSERT INTO family_of_import (municipality_id, family_id, import_id, consent_id, person_ids)
         SELECT c.municipality_id, c.family_id, $2, c.id, ARRAY(SELECT p.id FROM person p WHERE p.family_id = c.family_id) FROM consent c WHERE c.family_id = $1`,
        [family.id, id],
      );
      return transaction.query('SELECT undo_import($1, $2) AS families', [id, 'spec']);
    });
    expect(removed).toEqual([{ families: 0 }]);
    expect((await mediator.call(familyEndpoints.read, { params: { id: family.id } })).id).toBe(family.id);
  });

  /** What people do with a family in the first day. */
  const works: [string, (family: ImportedFamily) => Promise<unknown>][] = [
    ['a visit', (family) => mediator.call(visitEndpoints.create, { input: aVisit(family) })],
    [
      'a change of its words',
      (family) => {
        const { name, phone, address, language, arrangement } = family;
        const words = { name, phone, address, language, arrangement, version: 1, status: 'active' as const };
        return mediator.call(familyEndpoints.change, {
          params: { id: family.id },
          input: Object.assign(new FamilyChange(), words),
        });
      },
    ],
    ['another member', (family) => mediator.call(personEndpoints.create, { input: aPerson({ familyId: family.id }) })],
    ['a consent', (family) => mediator.call(consentEndpoints.create, { input: aConsentToShare(family) })],
    [
      'a draft of a visit',
      (family) =>
        mediator.call(draftEndpoints.save, {
          params: { id: newId() },
          input: { kind: 'visit', familyId: family.id, content: '{}' },
        }),
    ],
    [
      'being handed over',
      async (family) =>
        app.owner.query(`UPDATE family_mediator SET mediator_id = $2, reason = 'handedOver' WHERE family_id = $1`, [
          family.id,
          await app.as.mediator('JELGAVA', 'second').id(),
        ]),
    ],
  ];

  it('leaves nothing of families that nobody touched, and keeps the others whole', async () => {
    const families = aList(works.length + 2);
    const id = await written(families);
    for (const [i, [, work]] of works.entries()) await work(families[i] as ImportedFamily);
    const view = await takeBack(id);
    expect(view).toMatchObject({ status: 'undone', removed: 2 });
    // The one that was handed over is no longer this mediator's to see.
    expect(view.brought.map((family) => family.name)).toEqual(
      families.slice(0, works.length - 1).map((family) => family.name),
    );
    expect(await takeBack(id)).toEqual(view);

    for (const gone of families.slice(works.length)) {
      const ids = [gone.id, gone.consent.id, ...gone.persons.map((person) => person.id)];
      const traces = await findInEveryColumn(everything, ids);
      // The audit is never changed: it says who wrote and who erased which id, and no more.
      expect(traces.map(({ table, column }) => `${table}.${column}`)).toEqual(['public.audit_event.subject_ids']);
      expect(await mediator.refused(familyEndpoints.read, { params: { id: gone.id } })).toMatchObject({
        code: 'NOT_FOUND',
      });
      const audits = await app.owner.query<{ operation: string }[]>(
        `SELECT operation FROM audit_event WHERE $1 = ANY (subject_ids)`,
        [gone.id],
      );
      expect(audits.map(({ operation }) => operation)).toContain('erased by POST /imports/{id}/undo');
    }
    for (const kept of families.slice(0, works.length - 1)) {
      const persons = await mediator.call(personEndpoints.list, { input: { familyId: kept.id } });
      expect(persons.items.length).toBeGreaterThanOrEqual(2);
      expect((await mediator.call(consentEndpoints.list, { input: { familyId: kept.id } })).items).not.toEqual([]);
    }
  });

  it('is its mediator’s own, within a day, once', async () => {
    const id = await written(aList(1));
    for (const other of [app.as.mediator('JELGAVA', 'second'), app.as.mediator('RIGA')])
      expect(await other.refused(undo, { params: { id } })).toMatchObject({ code: 'NOT_FOUND' });
    // Nor by a statement that passes the API by, with the other's session.
    const stranger = await app.as.mediator('JELGAVA', 'second').id();
    const [session] = await app.owner.query<{ id: string }[]>('SELECT id FROM session WHERE account_id = $1', [
      stranger,
    ]);
    const login = withLogin((app.owner.options as { url: string }).url, 'tilts_app', app.secrets.appPassword);
    const direct = new Client({ connectionString: login });
    await direct.connect();
    await direct.query('BEGIN');
    await direct.query(`SELECT set_config('app.session', $1, true)`, [session?.id]);
    const { rows } = await direct.query(`SELECT undo_import($1, 'x') AS removed`, [id]);
    expect(rows).toEqual([{ removed: null }]);
    await direct.end();
    await app.owner.query(`UPDATE family_import SET written_at = now() - interval '24 hours 1 second' WHERE id = $1`, [
      id,
    ]);
    expect(await mediator.refused(undo, { params: { id } })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused while it is not written', async () => {
    const id = await handedIn(mediator, aList(1));
    expect(await mediator.refused(undo, { params: { id } })).toMatchObject({ code: 'IMPORT_INCOMPLETE' });
    expect(await mediator.call(read, { params: { id } })).toMatchObject({ status: 'received' });
  });

  it('waits for who writes about a family at that moment, and then leaves it alone', async () => {
    const families = aList(20);
    const id = await written(families);
    const [view] = await Promise.all([
      takeBack(id),
      ...families.map((family) => mediator.send(visitEndpoints.create, { input: aVisit(family) })),
    ]);
    const seen = new Set((await mediator.call(familyEndpoints.list)).items.map((family) => family.id));
    const left = families.filter((family) => seen.has(family.id));
    expect(view.removed).toBe(families.length - left.length);
    for (const family of left)
      expect((await mediator.call(visitEndpoints.list, { input: { familyId: family.id } })).items).toHaveLength(1);
  });

  it('erases 1,000 persons within seconds', async () => {
    const id = await written(aList(500));
    const since = Date.now();
    expect(await takeBack(id)).toMatchObject({ removed: 500, brought: [] });
    expect(Date.now() - since).toBeLessThan(15_000);
    // For the reader: the bar below is far above it.
    console.info(`Taking back 1,000 persons: ${Date.now() - since} ms`);
  }, 60_000);
});
