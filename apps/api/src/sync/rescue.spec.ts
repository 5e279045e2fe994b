import {
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import {
  familyEndpoints,
  newId,
  registrationEndpoints,
  syncEndpoints,
  visitEndpoints,
  type Command,
  type DraftView,
  type FamilyChange,
  type FamilyView,
  type RescueUpload,
} from '@tilts/domain';
import { aFamily, aVisit } from '@tilts/testing';
import { Seals } from '../database/seals.js';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Somebody, type TestApp } from '../test-app.js';
import { outcomesOf, Phone } from '../testing/phone.js';
import { closed, contentsOf, encrypted, rescueFileOf } from '../testing/rescue-file.js';
import { RescueKeys } from './rescue-keys.js';

/** Keys that a spec may rotate while the app runs. */
function turningKeys() {
  const keys = new Map([[1, randomBytes(32)]]);
  return {
    current: 1,
    keys,
    add(): void {
      this.current += 1;
      keys.set(this.current, randomBytes(32));
    },
  };
}

describe('a rescue file', () => {
  const sealing = turningKeys();
  let app: TestApp;
  let mediator: Somebody;
  let coordinator: Somebody;
  let family: FamilyView;
  beforeAll(async () => {
    app = await startTestApp({ sealing });
    mediator = app.as.mediator('JELGAVA');
    coordinator = app.as.coordinator();
    family = await registered();
  });
  afterAll(() => app.close());

  const registered = (by = mediator, city: 'JELGAVA' | 'RIGA' = 'JELGAVA'): Promise<FamilyView> =>
    by.call(registrationEndpoints.register, { input: aFamily({ municipalityId: municipalityId(city) }) });
  const aLoggedVisit = (phone: Phone, note = 'Runājām par skolu'): Command =>
    phone.write(visitEndpoints.create, { input: aVisit(family, { note }) });
  const load = async (input: RescueUpload, of = mediator, by = coordinator) =>
    by.call(syncEndpoints.loadRescueFile, { params: { id: await of.id() }, input });
  const refusal = async (input: RescueUpload, of = mediator) =>
    (await coordinator.refused(syncEndpoints.loadRescueFile, { params: { id: await of.id() }, input })).code;
  const waiting = () => mediator.call(syncEndpoints.rescued);
  const standing = async () => coordinator.call(syncEndpoints.rescueStanding, { params: { id: await mediator.id() } });
  const takeAll = async () => {
    const work = await waiting();
    await mediator.call(syncEndpoints.rescuedTaken, { input: { ids: work.ids } });
    return work;
  };
  const visitsNow = async (): Promise<string[]> =>
    (await mediator.call(visitEndpoints.list, { input: { familyId: family.id, limit: 100 } })).items.map(
      ({ id }) => id,
    );
  const idOf = ({ content }: Command): string => (JSON.parse(content) as { input: { id: string } }).input.id;
  /** As the phone that takes it over numbers it. */
  const onto = (phone: Phone, commands: readonly Command[]): Command[] =>
    commands.map((command) => ({ ...command, seq: (phone.numbered += 1) }));

  it('brings what a lost phone could not send to the next one, word for word, and each thing to the office once', async () => {
    const lost = new Phone(mediator);
    const commands = [aLoggedVisit(lost), aLoggedVisit(lost), aLoggedVisit(lost)];
    const file = await rescueFileOf(mediator, commands, { deviceId: lost.id });
    expect(await load(file)).toMatchObject({ things: 3, drafts: 0, atOffice: 0, added: 3 });
    expect(await standing()).toMatchObject({ things: 3, drafts: 0, from: commands[0]?.madeAt.slice(0, 10) });
    expect(await mediator.call(syncEndpoints.rescueKey)).toMatchObject({ waiting: 3 });

    const work = await takeAll();
    expect(work.commands).toEqual(commands);
    const next = new Phone(mediator);
    const anew = onto(next, work.commands);
    expect(outcomesOf(await next.hand(anew))).toEqual(['applied', 'applied', 'applied']);
    expect((await visitsNow()).sort()).toEqual(commands.map(idOf).sort());
    expect(await standing()).toMatchObject({ things: 0, from: null, to: null, loadedAt: null });

    expect(await load(file)).toMatchObject({ things: 3, atOffice: 3, added: 0 });
    expect((await waiting()).commands).toEqual([]);
  });

  it('that is loaded twice adds nothing, whichever came first', async () => {
    const lost = new Phone(mediator);
    const [first, second] = [aLoggedVisit(lost), aLoggedVisit(lost)];
    const [older, newer] = [await rescueFileOf(mediator, [first]), await rescueFileOf(mediator, [first, second])];
    const added = (await Promise.all([load(older), load(older)])).map((loaded) => loaded.added);
    expect(added.sort()).toEqual([0, 1]);
    expect(await load(newer)).toMatchObject({ atOffice: 0, added: 1 });
    expect((await takeAll()).commands.map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('counts what the office had already, and does not keep it', async () => {
    const lost = new Phone(mediator);
    const [sent, unsent] = [aLoggedVisit(lost), aLoggedVisit(lost)];
    await lost.hand([sent]);
    expect(await load(await rescueFileOf(mediator, [sent, unsent]))).toMatchObject({
      things: 2,
      atOffice: 1,
      added: 1,
    });
    expect((await takeAll()).commands).toEqual([unsent]);
  });

  it('of which the lost phone did send something after all doubles nothing on the next one', async () => {
    const lost = new Phone(mediator);
    const rename = lost.write(familyEndpoints.change, {
      params: { id: family.id },
      input: changeOf(await mediator.call(familyEndpoints.read, { params: { id: family.id } })),
      base: family,
    });
    const visit = aLoggedVisit(lost);
    const missing = lost.write(visitEndpoints.create, { input: aVisit({ id: newId() }) });
    await load(await rescueFileOf(mediator, [visit, rename, missing]));
    expect(outcomesOf(await lost.hand([visit, rename, missing]))).toEqual(['applied', 'applied', 'refused NOT_FOUND']);
    const { version } = await mediator.call(familyEndpoints.read, { params: { id: family.id } });
    const before = await visitsNow();

    const next = new Phone(mediator);
    const anew = onto(next, (await takeAll()).commands);
    const answer = await next.hand(anew);
    expect(outcomesOf(answer)).toEqual(['alreadyApplied', 'alreadyApplied', 'refused NOT_FOUND']);
    // Its own number, which stands in the receipt that it gets under it.
    expect(answer).toMatchObject({ receivedUpTo: 3, results: [{ seq: 1 }, { seq: 2 }, { seq: 3 }] });
    expect(outcomesOf(await next.hand(anew))).toEqual(['alreadyApplied', 'alreadyApplied', 'refused NOT_FOUND']);
    expect(await visitsNow()).toEqual(before);
    expect((await mediator.call(familyEndpoints.read, { params: { id: family.id } })).version).toBe(version);
  });

  it('of two phones that hand the same in at the same moment lets one do it', async () => {
    const lost = new Phone(mediator);
    const commands = Array.from({ length: 8 }, () => aLoggedVisit(lost));
    const next = new Phone(mediator);
    const answers = await Promise.all([lost.hand(commands), next.hand(onto(next, commands))]);
    expect(answers.flatMap(outcomesOf).sort()).toEqual([
      ...Array(8).fill('alreadyApplied'),
      ...Array(8).fill('applied'),
    ]);
  });

  it('never lets one id stand for two things, whichever phone says it', async () => {
    const [one, other] = [new Phone(mediator), new Phone(mediator)];
    const command = aLoggedVisit(one);
    await one.hand([command]);
    const liar = { ...aLoggedVisit(other), id: command.id };
    expect(outcomesOf(await other.hand([liar]))).toEqual(['refused ID_TAKEN']);
    // Somebody else's ids say nothing, and nothing is said of them.
    const colleague = new Phone(app.as.mediator('JELGAVA', 'second'));
    expect(outcomesOf(await colleague.hand(onto(colleague, [command])))).toEqual(['refused NOT_FOUND']);
  });

  it('brings drafts, and the one that was typed last', async () => {
    const draft = (content: string, savedAt: string): DraftView => ({
      id,
      kind: 'visit',
      familyId: null,
      content,
      savedAt,
    });
    const id = newId();
    const [old, young] = [draft('{"a":1}', '2026-11-23T08:00:00.000Z'), draft('{"a":2}', '2026-11-23T09:00:00.000Z')];
    expect(await load(await rescueFileOf(mediator, [], { drafts: [old] }))).toMatchObject({ drafts: 1, added: 1 });
    expect(await load(await rescueFileOf(mediator, [], { drafts: [young] }))).toMatchObject({ added: 1 });
    expect(await load(await rescueFileOf(mediator, [], { drafts: [old] }))).toMatchObject({ added: 0 });
    expect(await standing()).toMatchObject({ things: 0, drafts: 1 });
    expect((await takeAll()).drafts).toEqual([young]);
  });

  it('comes in parts when there is much', async () => {
    const lost = new Phone(mediator);
    const commands = Array.from({ length: 230 }, () => aLoggedVisit(lost));
    await load(await rescueFileOf(mediator, commands));
    const parts = [await takeAll(), await takeAll(), await takeAll()].map((work) => work.commands);
    expect(parts.map(({ length }) => length)).toEqual([100, 100, 30]);
    expect(parts.flat().map(({ id }) => id)).toEqual(commands.map(({ id }) => id));
  });

  it('waits for who left, and tells the coordinator counts and days, never a word', async () => {
    const note = 'Runājām par Dzintras ārsta vizīti';
    const leaving = app.as.mediator('RIGA');
    const theirs = await registered(leaving, 'RIGA');
    const visit = new Phone(leaving).write(visitEndpoints.create, { input: aVisit(theirs, { note }) });
    const file = await rescueFileOf(leaving, [visit]);
    await app.owner.query('UPDATE account SET ended_at = now() WHERE id = $1', [await leaving.id()]);
    const params = { id: await leaving.id() };
    const answer = await coordinator.send(syncEndpoints.loadRescueFile, { params, input: file });
    const counted = await coordinator.send(syncEndpoints.rescueStanding, { params });
    expect(JSON.parse(counted.text)).toMatchObject({ things: 1 });
    for (const { text } of [answer, counted])
      for (const id of [theirs.id, idOf(visit), visit.id]) expect(text).not.toContain(id);
    const [row] = (await app.owner.query('SELECT sealed FROM rescued_work WHERE thing_id = $1', [visit.id])) as [
      { sealed: Buffer },
    ];
    expect(row.sealed.includes('Dzintras')).toBe(false);
  });

  it('is nothing to whom it does not concern', async () => {
    const file = await rescueFileOf(mediator, [aLoggedVisit(new Phone(mediator))]);
    const params = { id: await mediator.id() };
    for (const somebody of [
      mediator,
      app.as.mediator('JELGAVA', 'second'),
      app.as.socialWorker('JELGAVA'),
      app.as.evaluator(),
    ]) {
      expect((await somebody.refused(syncEndpoints.loadRescueFile, { params, input: file })).code).toBe('NOT_FOUND');
      expect((await somebody.refused(syncEndpoints.rescueStanding, { params })).code).toBe('NOT_FOUND');
    }
    for (const somebody of [coordinator, app.as.socialWorker('JELGAVA')])
      expect((await somebody.refused(syncEndpoints.rescued)).code).toBe('NOT_FOUND');
    expect(
      await coordinator.refused(syncEndpoints.loadRescueFile, { params: { id: newId() }, input: file }),
    ).toMatchObject({ code: 'NOT_FOUND' });
    // Waits for its own person and is not another's to take or to take away.
    await load(file);
    const colleague = app.as.mediator('JELGAVA', 'second');
    expect(await colleague.call(syncEndpoints.rescued)).toEqual({ ids: [], commands: [], drafts: [] });
    const { ids } = await waiting();
    await colleague.call(syncEndpoints.rescuedTaken, { input: { ids } });
    expect((await takeAll()).ids).toEqual(ids);
  });

  describe('is refused', () => {
    const aFile = () => rescueFileOf(mediator, [aLoggedVisit(new Phone(mediator))]);
    const bytesOf = ({ file }: RescueUpload): Buffer => Buffer.from(file, 'base64');
    const asFile = (bytes: Uint8Array): RescueUpload => ({ file: Buffer.from(bytes).toString('base64') });

    it('when it is something else', async () => {
      for (const text of ['', 'PK\u0003\u0004', '%PDF-1.7', '{}', 'age-encryption.org/v2\n'])
        expect(await refusal(asFile(Buffer.from(text)))).toBe('RESCUE_FILE_UNKNOWN');
    });

    it('when it was cut, wherever, or one byte of it is another one', async () => {
      const bytes = bytesOf(await aFile());
      const codes = new Set<string>();
      for (let length = 60; length < bytes.length; length += 97)
        codes.add(await refusal(asFile(bytes.subarray(0, length))));
      expect(codes).toEqual(new Set(['RESCUE_FILE_DAMAGED']));
      for (let at = 30; at < bytes.length; at += 61) {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] ?? 0) ^ 1;
        // What names the recipient may have been altered so that it names nobody here.
        expect(['RESCUE_FILE_DAMAGED', 'RESCUE_FILE_FOREIGN']).toContain(await refusal(asFile(altered)));
      }
    });

    it('when it was made for another installation', async () => {
      const other = new RescueKeys(new Seals(turningKeys()));
      const proof = other.proof(await mediator.id()).toString('base64url');
      const contents = contentsOf(await mediator.id(), []);
      expect(await refusal(await closed(contents, { recipient: await other.recipient(), proof }))).toBe(
        'RESCUE_FILE_FOREIGN',
      );
    });

    it('when it is somebody else’s', async () => {
      const colleague = app.as.mediator('JELGAVA', 'second');
      expect(await refusal(await rescueFileOf(colleague, []))).toBe('RESCUE_FILE_OF_ANOTHER');
      expect(await refusal(await aFile(), app.as.socialWorker('JELGAVA'))).toBe('RESCUE_FILE_OF_ANOTHER');
    });

    it('when somebody else wrote it in their name', async () => {
      const contents = contentsOf(await mediator.id(), [aLoggedVisit(new Phone(mediator))]);
      const { recipient } = await mediator.call(syncEndpoints.rescueKey);
      const { proof } = await app.as.mediator('JELGAVA', 'second').call(syncEndpoints.rescueKey);
      expect(await refusal(await closed(contents, { recipient, proof }))).toBe('RESCUE_FILE_DAMAGED');
      const blank = JSON.stringify({ format: 1, contents: JSON.stringify(contents), proof: '' });
      expect(await refusal(await encrypted(blank, recipient))).toBe('RESCUE_FILE_DAMAGED');
    });

    it('when a newer Tilts made it, or what is in it is nothing that phones write', async () => {
      const key = await mediator.call(syncEndpoints.rescueKey);
      const command = aLoggedVisit(new Phone(mediator));
      const contents = contentsOf(await mediator.id(), [command]);
      expect(await refusal(await closed({ ...contents, format: 2 }, key))).toBe('RESCUE_FILE_NEWER');
      const newer = { ...command, schema: 99 };
      expect(await refusal(await rescueFileOf(mediator, [newer]))).toBe('RESCUE_FILE_NEWER');
      expect(await refusal(await closed({ ...contents, things: [{}] }, key))).toBe('RESCUE_FILE_DAMAGED');
      expect(await refusal(await encrypted('no JSON', key.recipient))).toBe('RESCUE_FILE_DAMAGED');
    });

    it('when it is too large', async () => {
      expect(await refusal({ file: 'A'.repeat(16_100_000) })).toBe('TOO_LARGE');
    });

    it('and nothing of it is kept', async () => {
      expect(await waiting()).toEqual({ ids: [], commands: [], drafts: [] });
    });
  });

  it('opens by the rules of age, without the library that closed it', async () => {
    const command = aLoggedVisit(new Phone(mediator));
    const bytes = Buffer.from((await rescueFileOf(mediator, [command])).file, 'base64');
    const text = openedByTheRules(bytes, app.seals.rescueSecret('identity'));
    const { contents, proof } = JSON.parse(text) as { contents: string; proof: string };
    expect((JSON.parse(contents) as { things: { command: Command }[] }).things[0]?.command).toEqual(command);
    const secret = Buffer.from((await mediator.call(syncEndpoints.rescueKey)).proof, 'base64url');
    expect(createHmac('sha256', secret).update(contents).digest('base64url')).toBe(proof);
  });

  it('opens after a rotation of keys for as long as the older key is kept, and phones hear of the new one', async () => {
    const lost = new Phone(mediator);
    const file = await rescueFileOf(mediator, [aLoggedVisit(lost)]);
    const stampNow = async () => (await lost.changes()).reference.find(({ of }) => of === 'rescue')?.stamp;
    const [stamp, before] = [await stampNow(), await mediator.call(syncEndpoints.rescueKey)];
    expect(await stampNow()).toBe(stamp);
    sealing.add();
    expect(await stampNow()).not.toBe(stamp);
    const after = await mediator.call(syncEndpoints.rescueKey);
    expect([after.recipient === before.recipient, after.proof === before.proof]).toEqual([false, false]);
    expect(await load(file)).toMatchObject({ added: 1 });
    expect(await load(await rescueFileOf(mediator, [aLoggedVisit(lost)]))).toMatchObject({ added: 1 });
    // A proof of one key says nothing in a file for another.
    const mixed = await closed(contentsOf(await mediator.id(), []), { ...before, recipient: after.recipient });
    expect(await refusal(mixed)).toBe('RESCUE_FILE_DAMAGED');
    await takeAll();
    const old = sealing.keys.get(1);
    sealing.keys.delete(1);
    expect(await refusal(file)).toBe('RESCUE_FILE_FOREIGN');
    if (old) sealing.keys.set(1, old);
  });

  it('changes what phones are told of it, whenever something waits or is taken', async () => {
    const phone = new Phone(mediator);
    const stampNow = async () => (await phone.changes()).reference.find(({ of }) => of === 'rescue')?.stamp;
    const nothing = await stampNow();
    await load(await rescueFileOf(mediator, [aLoggedVisit(phone)]));
    expect(await stampNow()).not.toBe(nothing);
    await takeAll();
    expect(await stampNow()).toBe(nothing);
  });
});

function changeOf(family: FamilyView): Omit<FamilyChange, 'rules'> {
  const { name, phone, address, language, arrangement, version, status, closeReason } = family;
  return { name: `${name} (pārrakstīta)`, phone, address, language, arrangement, version, status, closeReason };
}

/** https://age-encryption.org/v1, X25519 and a payload of one chunk, with nothing but the primitives of Node. */
function openedByTheRules(file: Buffer, scalar: Buffer): string {
  const end = file.indexOf('\n---') + 1;
  const [version, stanza = '', body = ''] = file.subarray(0, end).toString('latin1').split('\n');
  expect(version).toBe('age-encryption.org/v1');
  const [arrow, kind, share = ''] = stanza.split(' ');
  expect([arrow, kind]).toEqual(['->', 'X25519']);
  const mac = file.subarray(end, file.indexOf('\n', end)).toString('latin1').slice('--- '.length);
  const payload = file.subarray(file.indexOf('\n', end) + 1);

  const own = createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), scalar]),
    format: 'der',
    type: 'pkcs8',
  });
  const asKey = (raw: Buffer) =>
    createPublicKey({
      key: Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), raw]),
      format: 'der',
      type: 'spki',
    });
  const ephemeral = Buffer.from(share, 'base64');
  const recipient = createPublicKey(own).export({ format: 'der', type: 'spki' }).subarray(-32);
  const shared = diffieHellman({ privateKey: own, publicKey: asKey(ephemeral) });
  const derived = (secret: Buffer, salt: Buffer | string, label: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, salt, label, 32));
  const wrapping = derived(shared, Buffer.concat([ephemeral, recipient]), 'age-encryption.org/v1/X25519');
  const fileKey = chaCha(wrapping, Buffer.alloc(12), Buffer.from(body, 'base64'));

  const head = Buffer.concat([file.subarray(0, end), Buffer.from('---')]);
  expect(
    createHmac('sha256', derived(fileKey, '', 'header'))
      .update(head)
      .digest('base64')
      .replace(/=+$/, ''),
  ).toBe(mac);
  // Chunk 0, and the last one.
  const nonce = Buffer.concat([Buffer.alloc(11), Buffer.of(1)]);
  return chaCha(derived(fileKey, payload.subarray(0, 16), 'payload'), nonce, payload.subarray(16)).toString();
}

function chaCha(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}
