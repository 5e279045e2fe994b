import { gzipSync } from 'node:zlib';
import {
  accountEndpoints,
  allEndpoints,
  draftEndpoints,
  familyEndpoints,
  inColumns,
  newId,
  nothingOperation,
  personEndpoints,
  registrationEndpoints,
  syncEndpoints,
  visitEndpoints,
  type Command,
  type Endpoint,
  type FamilyChange,
  type FamilyView,
} from '@tilts/domain';
import { aFamily, aPerson, aVisit } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { outcomesOf, Phone } from '../testing/phone.js';
import { BATCH_LIMIT } from './large-batches.js';
import { ReceiptSweep } from './receipt-sweep.js';
import { nameOf, OperationWithoutHandler, refuseMissing } from './queued-operations.js';

const JELGAVA = municipalityId('JELGAVA');

describe('commands of a phone', () => {
  let app: TestApp;
  let mediator: Somebody;
  let family: FamilyView;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    family = await registered();
  });
  afterAll(() => app.close());

  const registered = (by = mediator): Promise<FamilyView> =>
    by.call(registrationEndpoints.register, { input: aFamily({ municipalityId: JELGAVA }) });
  const aLoggedVisit = (phone: Phone, of: { id: string } = family): Command =>
    phone.write(visitEndpoints.create, { input: aVisit(of) });
  const idOf = ({ content }: Command): string => (JSON.parse(content) as { input: { id: string } }).input.id;

  async function numberOf(sql: string, ...values: unknown[]): Promise<number> {
    const [row] = (await app.owner.query(`SELECT count(*)::int AS n FROM ${sql}`, values)) as { n: number }[];
    return row?.n ?? -1;
  }
  const visitsOf = (commands: readonly Command[]): Promise<number> =>
    numberOf('visit WHERE visit_id = ANY ($1)', commands.map(idOf));
  /** By how many statements these visits were written: PostgreSQL numbers those of a transaction. */
  async function statementsOf(commands: readonly Command[]): Promise<number> {
    const [row] = (await app.owner.query(
      'SELECT count(DISTINCT (xmin::text, cmin::text))::int AS n FROM visit WHERE visit_id = ANY ($1)',
      [commands.map(idOf)],
    )) as { n: number }[];
    return row?.n ?? -1;
  }
  const receiptsOf = (phone: Phone): Promise<number> => numberOf('receipt WHERE device_id = $1', phone.id);

  it('are applied in their order, and answered with what their operations answer', async () => {
    const phone = new Phone(mediator);
    const input = aFamily({ municipalityId: JELGAVA });
    const commands = [
      phone.write(registrationEndpoints.register, { input }),
      phone.write(personEndpoints.create, { input: aPerson({ familyId: input.id }) }),
      aLoggedVisit(phone, input),
    ];
    const answer = await phone.hand([...commands].reverse());
    expect(outcomesOf(answer)).toEqual(['applied', 'applied', 'applied']);
    expect(answer).toMatchObject({ receivedUpTo: 3, receivedAbove: [] });
    const visit = await mediator.call(visitEndpoints.read, { params: { id: idOf(commands[2] as Command) } });
    expect(JSON.parse(answer.results[0]?.output ?? '')).toEqual(visit);
  });

  it('each have their audit row, and refused ones none', async () => {
    const phone = new Phone(mediator);
    const commands = [aLoggedVisit(phone), aLoggedVisit(phone, { id: newId() }), aLoggedVisit(phone)];
    expect(outcomesOf(await phone.hand(commands))).toEqual(['applied', 'refused NOT_FOUND', 'applied']);
    const rows = (await app.owner.query(
      `SELECT operation, kind, count(*)::int AS n FROM audit_event WHERE subject_ids && $1::uuid[] GROUP BY 1, 2`,
      [commands.map(idOf)],
    )) as unknown[];
    expect(rows).toEqual([{ operation: 'POST /visits', kind: 'write', n: 2 }]);
  });

  it('that come again are not done again', async () => {
    const phone = new Phone(mediator);
    const commands = [aLoggedVisit(phone), aLoggedVisit(phone)];
    await phone.hand(commands);
    const answer = await phone.hand([...commands, aLoggedVisit(phone)]);
    expect(outcomesOf(answer)).toEqual(['alreadyApplied', 'alreadyApplied', 'applied']);
    expect(answer.results[0]?.output).toBeNull();
    expect(await receiptsOf(phone)).toBe(3);
  });

  it('that are no facts are not done again either', async () => {
    const phone = new Phone(mediator);
    const changed = await registered();
    const rename = phone.write(familyEndpoints.change, {
      params: { id: changed.id },
      input: { ...changeOf(changed), name: 'Ozolu ģimene' },
      base: changed,
    });
    expect((await phone.handOne(rename)).outcome).toBe('applied');
    expect((await phone.handOne(rename)).outcome).toBe('alreadyApplied');
    expect((await mediator.call(familyEndpoints.read, { params: { id: changed.id } })).version).toBe(2);
  });

  it('that stand twice in one batch are done once', async () => {
    const phone = new Phone(mediator);
    const command = aLoggedVisit(phone);
    expect(outcomesOf(await phone.hand([command, command]))).toEqual(['applied', 'alreadyApplied']);
    expect(await visitsOf([command])).toBe(1);
  });

  it('that log one visit under two numbers log it once, and refuse other words for it', async () => {
    const phone = new Phone(mediator);
    const input = aVisit(family);
    const commands = [input, input, { ...input, minutes: 45 }].map((visit) =>
      phone.write(visitEndpoints.create, { input: visit }),
    );
    expect(outcomesOf(await phone.hand(commands))).toEqual(['applied', 'applied', 'refused ID_TAKEN']);
    expect(await visitsOf(commands)).toBe(1);
  });

  it('in several batches of one device at once are done once, and every number has its receipt', async () => {
    const phone = new Phone(mediator);
    const commands = Array.from({ length: 12 }, () => aLoggedVisit(phone));
    const batches = [commands.slice(0, 8), commands.slice(4), commands.slice(2, 10)];
    const answers = await Promise.all(batches.map((batch) => phone.hand(batch)));
    const applied = answers.flatMap(({ results }) => results.filter(({ outcome }) => outcome === 'applied'));
    expect(applied.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(commands.map(({ seq }) => seq));
    expect(answers.flatMap(outcomesOf).filter((outcome) => outcome === 'alreadyApplied')).toHaveLength(12);
    expect(await phone.hand([])).toMatchObject({ receivedUpTo: 12, receivedAbove: [] });
    expect(await visitsOf(commands)).toBe(12);
  });

  it('with other content under a number or an id that was used are refused loudly, and the first receipt stays', async () => {
    const phone = new Phone(mediator);
    const first = aLoggedVisit(phone);
    const other = aLoggedVisit(phone);
    await phone.hand([first]);
    const liars = [
      { ...other, id: first.id, seq: first.seq },
      { ...other, seq: first.seq },
      { ...first, id: newId() },
      { ...first, base: '{}' },
    ];
    for (const liar of liars) expect(outcomesOf(await phone.hand([liar]))).toEqual(['refused ID_TAKEN']);
    expect(await receiptsOf(phone)).toBe(1);
    // Under a number of its own it leaves no gap.
    const reused = { ...other, id: first.id };
    expect(outcomesOf(await phone.hand([reused]))).toEqual(['refused ID_TAKEN']);
    expect(await phone.hand([first, reused, { ...first, seq: 3 }])).toMatchObject({
      receivedUpTo: 3,
      results: [{ outcome: 'alreadyApplied' }, { code: 'ID_TAKEN' }, { code: 'ID_TAKEN' }],
    });
    expect(await visitsOf([first, other])).toBe(1);
  });

  it('of which one is refused hold up nobody, but for what depends on it', async () => {
    const phone = new Phone(mediator);
    const elsewhere = aFamily({ municipalityId: municipalityId('RIGA') });
    const commands = [
      aLoggedVisit(phone),
      phone.write(registrationEndpoints.register, { input: elsewhere }),
      aLoggedVisit(phone, elsewhere),
      phone.write(visitEndpoints.create, { input: { ...aVisit(family), minutes: 0 } }),
      aLoggedVisit(phone),
    ];
    const said = ['refused NO_ASSIGNMENT', 'refused NOT_FOUND', 'refused INVALID_INPUT'];
    const answer = await phone.hand(commands);
    expect(outcomesOf(answer)).toEqual(['applied', ...said, 'applied']);
    expect(answer.results[3]?.fields).toEqual([{ field: 'minutes', code: 'tooSmall', params: '{"max":1440,"min":1}' }]);
    // A refusal is final under its number, and comes again as it was.
    const again = await phone.hand(commands);
    expect(outcomesOf(again)).toEqual(['alreadyApplied', ...said, 'alreadyApplied']);
    expect(again.results[3]).toEqual(answer.results[3]);
    expect(again.receivedUpTo).toBe(5);
  });

  it('that were refused left nothing behind', async () => {
    const phone = new Phone(mediator);
    const draft = newId();
    await mediator.call(draftEndpoints.save, { params: { id: draft }, input: { kind: 'visit', content: '{}' } });
    // The visit is written before its outcome is found to name a stranger's outcome id.
    const [first, second] = [aVisit(family), aVisit(family, { id: draft })];
    const outcome = { id: newId(), type: 'documentObtained' as const, personId: null };
    const answer = await phone.hand([
      phone.write(visitEndpoints.create, { input: { ...first, outcomes: [outcome] } }),
      phone.write(visitEndpoints.create, { input: { ...second, outcomes: [outcome] } }),
    ]);
    expect(outcomesOf(answer)).toEqual(['applied', 'refused NOT_FOUND']);
    expect(await numberOf('visit WHERE visit_id = $1', draft)).toBe(0);
    expect((await mediator.call(draftEndpoints.read, { params: { id: draft } })).id).toBe(draft);
  });

  it('show which numbers are missing', async () => {
    const phone = new Phone(mediator);
    const [one, two, three, four, five, six] = Array.from({ length: 6 }, () => aLoggedVisit(phone)) as [
      Command,
      Command,
      Command,
      Command,
      Command,
      Command,
    ];
    const said = {
      receivedUpTo: 1,
      receivedAbove: [
        { from: 3, to: 4 },
        { from: 6, to: 6 },
      ],
    };
    expect(await phone.hand([six, one, four, three])).toMatchObject(said);
    expect(await phone.changes()).toMatchObject(said);
    expect(await phone.hand([two])).toMatchObject({ receivedUpTo: 4, receivedAbove: [{ from: 6, to: 6 }] });
    const rows: unknown = await app.owner.query('SELECT numbered, received_up_to FROM device WHERE id = $1', [
      phone.id,
    ]);
    expect(rows).toEqual([{ numbered: 6, received_up_to: 4 }]);
    expect(await phone.hand([five])).toMatchObject({ receivedUpTo: 6, receivedAbove: [] });
  });

  it('of somebody else’s device are not taken', async () => {
    const phone = new Phone(mediator);
    const command = aLoggedVisit(phone);
    await phone.hand([command]);
    const colleague = new Phone(app.as.mediator('JELGAVA', 'second'), phone.id);
    expect((await colleague.refused([command])).code).toBe('NOT_FOUND');
    expect(await colleague.changes()).toMatchObject({ receivedUpTo: 0, receivedAbove: [] });
    expect(await phone.hand([command])).toMatchObject({ receivedUpTo: 1 });
  });

  it('are taken from mediators only', async () => {
    for (const other of [app.as.coordinator(), app.as.socialWorker('JELGAVA'), app.as.evaluator()])
      expect((await new Phone(other).refused([])).code).toBe('NOT_FOUND');
    expect((await new Phone(app.as.nobody()).refused([])).code).toBe('SIGN_IN_NEEDED');
  });

  it('about a family that was handed over meanwhile are refused, and the receipt says so', async () => {
    const theirs = await registered();
    const phone = new Phone(mediator);
    const [before, after] = [aLoggedVisit(phone, theirs), aLoggedVisit(phone, theirs)];
    await phone.hand([before]);
    await app.owner.query(`UPDATE family_mediator SET ends_on = current_date - 1 WHERE family_id = $1`, [theirs.id]);
    expect(outcomesOf(await phone.hand([before, after]))).toEqual(['alreadyApplied', 'refused NOT_FOUND']);
    expect(outcomesOf(await phone.hand([after]))).toEqual(['refused NOT_FOUND']);
  });

  it('may ask for nothing but what phones queue, in words that are understood', async () => {
    const phone = new Phone(mediator);
    const unheard: Pick<Endpoint<object>, 'method' | 'path' | 'input'>[] = [
      draftEndpoints.save,
      accountEndpoints.invite,
      syncEndpoints.commands,
      { method: 'POST', path: '/nothing', input: Object },
    ];
    const commands = unheard.map((endpoint) => phone.write(endpoint, { params: { id: newId() } }));
    const { seq, ...none } = aLoggedVisit(phone);
    commands.push({ ...none, seq, operation: nothingOperation, content: '{}' });
    const answer = await phone.hand(commands);
    expect(outcomesOf(answer)).toEqual(commands.map(() => 'refused NOT_FOUND'));
    const garbled = ['', '{', 'null', '[]', '"text"'].map((content) => ({ ...aLoggedVisit(phone), content }));
    expect(outcomesOf(await phone.hand(garbled))).toEqual(garbled.map(() => 'refused MALFORMED'));
    const odd = [{}, { params: 1 }, { params: { id: 7 } }, { params: { id: [newId()] } }, { input: {} }].map(
      (content) => ({
        ...phone.write(familyEndpoints.change, {}),
        content: JSON.stringify(content),
      }),
    );
    expect(outcomesOf(await phone.hand(odd))).toEqual(odd.map(() => 'refused NOT_FOUND'));
  });

  it('of a newer schema wait, and so does what is behind them; of a schema that nobody knows any more they are refused', async () => {
    const phone = new Phone(mediator);
    const [one, two, three] = [aLoggedVisit(phone), aLoggedVisit(phone), aLoggedVisit(phone)];
    const newer = { ...two, schema: two.schema + 1 };
    expect(outcomesOf(await phone.hand([one, newer, three]))).toEqual(['applied', 'notNow', 'notNow']);
    expect(await phone.hand([])).toMatchObject({ receivedUpTo: 1, receivedAbove: [] });
    // The office was updated.
    expect(outcomesOf(await phone.hand([one, two, three]))).toEqual(['alreadyApplied', 'applied', 'applied']);
  });

  it('are more than fit into one transaction', async () => {
    const phone = new Phone(mediator);
    // Of one operation, which is served together, and of two, which are not.
    const commands = [
      ...Array.from({ length: 300 }, () => aLoggedVisit(phone)),
      ...Array.from({ length: 30 }, () => [
        phone.write(personEndpoints.create, { input: aPerson({ familyId: family.id }) }),
        aLoggedVisit(phone),
      ]).flat(),
    ];
    const answer = await phone.hand(commands);
    expect(new Set(outcomesOf(answer))).toEqual(new Set(['applied']));
    expect(answer.results.map(({ seq }) => seq)).toEqual(commands.map(({ seq }) => seq));
    expect(answer.receivedUpTo).toBe(360);
  }, 60_000);

  it('of one operation that follow each other are served together, each with its receipt and its audit row', async () => {
    const phone = new Phone(mediator);
    const commands = Array.from({ length: 20 }, () => aLoggedVisit(phone));
    const answer = await phone.hand(commands);
    for (const [i, { outcome, output }] of answer.results.entries()) {
      const visit = await mediator.call(visitEndpoints.read, { params: { id: idOf(commands[i] as Command) } });
      expect([outcome, JSON.parse(output ?? '')]).toEqual(['applied', visit]);
    }
    expect(await statementsOf(commands)).toBe(1);
    expect(await receiptsOf(phone)).toBe(20);
    for (const command of commands)
      expect(await numberOf(`audit_event WHERE subject_ids @> ARRAY[$1::uuid] AND kind = 'write'`, idOf(command))).toBe(
        1,
      );
  });

  it('of one operation of which some are refused are done all the same, and nothing of those is left', async () => {
    const phone = new Phone(mediator);
    const commands = Array.from({ length: 30 }, () => aLoggedVisit(phone));
    const bad = [3, 4, 17, 29];
    const closed = await registered();
    await mediator.call(familyEndpoints.change, {
      params: { id: closed.id },
      input: { ...changeOf(closed), status: 'closed', closeReason: 'other' },
    });
    for (const i of bad) {
      const { seq } = commands[i] as Command;
      commands[i] = { ...aLoggedVisit(phone, closed), seq };
    }
    const answer = await phone.hand(commands);
    const said = commands.map((_, i) => (bad.includes(i) ? 'refused FAMILY_CLOSED' : 'applied'));
    expect(outcomesOf(answer)).toEqual(said);
    expect(await visitsOf(commands)).toBe(26);
    expect(await statementsOf(commands)).toBeLessThan(20);
  });

  it('whose session is ended between two transactions are answered for what was done, and wait with the rest', async () => {
    const leaving = app.as.mediator('DOBELE');
    const theirs = await leaving.call(registrationEndpoints.register, {
      input: aFamily({ municipalityId: municipalityId('DOBELE') }),
    });
    const phone = new Phone(leaving);
    const commands = Array.from({ length: 260 }, () => aLoggedVisit(phone, theirs));
    // Ended by the 250th command itself: the last of its transaction.
    await app.owner.query(`CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN UPDATE session SET ended_at = now() WHERE account_id = NEW.account_id; RETURN NULL; END $$`);
    await app.owner.query(`CREATE CONSTRAINT TRIGGER end_session AFTER INSERT ON receipt DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.seq = 250) EXECUTE FUNCTION end_session()`);
    try {
      const answer = await phone.hand(commands);
      expect(outcomesOf(answer)).toEqual(commands.map(({ seq }) => (seq <= 250 ? 'applied' : 'notNow')));
      expect(answer.receivedUpTo).toBe(250);
      expect((await phone.refused(commands)).code).toBe('SESSION_OVER');
      expect(await visitsOf(commands)).toBe(250);
    } finally {
      await app.owner.query('DROP TRIGGER end_session ON receipt; DROP FUNCTION end_session()');
    }
  });

  it('are taken packed, but not without a limit', async () => {
    const phone = new Phone(mediator);
    const command = aLoggedVisit(phone);
    const answer = await phone.handPacked([command]);
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { results: [{ outcome: 'applied' }] }]);
    const codeOf = async (packed: Uint8Array<ArrayBuffer>): Promise<string> =>
      (JSON.parse((await phone.handPacked([], packed)).text) as { code: string }).code;
    const bomb = gzipSync(Buffer.alloc(8 * BATCH_LIMIT, 32));
    expect(bomb.length).toBeLessThan(BATCH_LIMIT / 2);
    expect(await codeOf(bomb)).toBe('TOO_LARGE');
    expect(await codeOf(gzipSync('{}').subarray(0, 12))).toBe('MALFORMED');
    expect(await codeOf(Buffer.from('{}'))).toBe('MALFORMED');
    const elsewhere = await mediator.fetchPacked(visitEndpoints.create.path, gzipSync(JSON.stringify(aVisit(family))));
    expect(elsewhere.status).toBe(400);
    const large = { ...inColumns(phone.batch([])), more: 'x'.repeat(300_000) };
    expect((await mediator.fetch('POST', `/api${syncEndpoints.commands.path}`, large)).status).toBe(422);
    expect((await mediator.fetch('POST', `/api${visitEndpoints.create.path}`, large)).status).toBe(413);
  });

  it('are answered by their numbers when they are many, but for what needs to be said of one', async () => {
    const phone = new Phone(mediator);
    const commands = Array.from({ length: 24 }, () => aLoggedVisit(phone));
    const stranger = { ...aLoggedVisit(phone), id: newId(), seq: 7 };
    const wrong = phone.write(visitEndpoints.create, { input: { ...aVisit(family), minutes: 0 } });
    await phone.hand(commands.slice(0, 3));
    const { text } = await phone.handPacked([...commands, stranger, wrong]);
    expect(JSON.parse(text)).toMatchObject({
      alreadyApplied: [{ from: 1, to: 3 }],
      applied: [
        { from: 4, to: 6 },
        { from: 8, to: 24 },
      ],
      results: [
        { seq: 7, id: commands[6]?.id, outcome: 'applied' },
        { seq: 7, id: stranger.id, outcome: 'refused', code: 'ID_TAKEN' },
        { seq: wrong.seq, outcome: 'refused', code: 'INVALID_INPUT' },
      ],
    });
  });

  it('are checked one by one, in whatever form they came, and none is done when one is no command', async () => {
    const phone = new Phone(mediator);
    const [one, two] = [aLoggedVisit(phone), aLoggedVisit(phone)];
    for (const odd of [
      { ...two, id: 'two'.padEnd(36, '-') },
      { ...two, madeAt: 'today' },
      { ...two, seq: 2_147_483_647, schema: 0 },
    ])
      expect((await phone.refused([one, odd])).code).toBe('INVALID_INPUT');
    const shorter = { ...inColumns(phone.batch([one, two])), contents: [one.content] };
    const refusal = await mediator.fetch('POST', `/api${syncEndpoints.commands.path}`, shorter);
    expect([refusal.status, JSON.parse(refusal.text)]).toMatchObject([
      422,
      { fields: [{ field: 'contents', code: 'mismatch' }] },
    ]);
    expect((await mediator.fetch('POST', `/api${syncEndpoints.commands.path}`, phone.batch([one]))).status).toBe(422);
    expect(await receiptsOf(phone)).toBe(0);
  });

  it('keep what was refused sealed', async () => {
    const phone = new Phone(mediator);
    const refused = phone.write(visitEndpoints.create, { input: { ...aVisit(family), minutes: 0 } });
    await phone.hand([refused, aLoggedVisit(phone)]);
    const rows = (await app.owner.query('SELECT seq, sealed FROM receipt WHERE device_id = $1 ORDER BY seq', [
      phone.id,
    ])) as { sealed: Buffer | null }[];
    expect(rows[0]?.sealed?.toString('latin1')).not.toContain('minutes');
    expect(rows.map(({ sealed }) => sealed !== null)).toEqual([true, false]);
  });

  it('are forgotten after 400 days, and not done again then either', async () => {
    const phone = new Phone(mediator);
    const [old, fresh] = [aLoggedVisit(phone), aLoggedVisit(phone)];
    await phone.hand([old, fresh]);
    await app.owner.query(`UPDATE receipt SET at = now() - interval '401 days' WHERE device_id = $1 AND seq = 1`, [
      phone.id,
    ]);
    await app.nest.get(ReceiptSweep, { strict: false }).sweep();
    expect(await receiptsOf(phone)).toBe(1);
    expect(await phone.hand([old, fresh])).toMatchObject({
      receivedUpTo: 2,
      results: [{ outcome: 'refused', code: 'ID_TAKEN' }, { outcome: 'alreadyApplied' }],
    });
  });

  it('need a handler each, or the app does not start', () => {
    const served = new Map(allEndpoints.map((endpoint) => [nameOf(endpoint), endpoint]));
    expect(() => refuseMissing(served, allEndpoints)).not.toThrow();
    served.delete('GET /persons/{id}');
    expect(() => refuseMissing(served, allEndpoints)).toThrow(OperationWithoutHandler);
    served.delete('POST /visits');
    expect(() => refuseMissing(served, allEndpoints)).toThrow(/GET \/persons\/{id}, POST \/visits/);
  });
});

function changeOf(family: FamilyView): Omit<FamilyChange, 'rules'> {
  const { name, phone, address, language, arrangement, version, status, closeReason } = family;
  return { name, phone, address, language, arrangement, version, status, closeReason };
}
