import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import {
  fromRanges,
  inLines,
  linesType,
  newId,
  NoInput,
  registrationEndpoints,
  syncEndpoints,
  visitEndpoints,
  type Command,
  type FamilyView,
  type ResultInRanges,
} from '@tilts/domain';
import { aFamily, aVisit } from '@tilts/testing';
import { municipalityId } from '../municipalities/municipality-seed.js';
import { startTestApp, type Answer, type Somebody, type TestApp } from '../test-app.js';
import { outcomesOf, Phone } from '../testing/phone.js';
import { BATCH_LIMIT } from './large-batches.js';

const NOTE = 'Māte lūdza palīdzēt.';
const PATH = `/api${syncEndpoints.commands.path}`;

describe('a batch that comes by lines', () => {
  let app: TestApp;
  let mediator: Somebody;
  let family: FamilyView;
  beforeAll(async () => {
    app = await startTestApp();
    mediator = app.as.mediator('JELGAVA');
    const input = aFamily({ municipalityId: municipalityId('JELGAVA') });
    family = await mediator.call(registrationEndpoints.register, { input });
  });
  afterAll(() => app.close());

  const logged = (phone: Phone, count: number): Command[] =>
    Array.from({ length: count }, () => phone.write(visitEndpoints.create, { input: aVisit(family, { note: NOTE }) }));
  const linesOf = (phone: Phone, commands: readonly Command[], longest = 1): string[] =>
    inLines(phone.batch(commands), { longest, shortest: 1, partOfTheRest: 1 }).split('\n');
  const receiptsOf = async ({ id }: Phone): Promise<number> => {
    const sql = 'SELECT count(*)::int AS n FROM receipt WHERE device_id = $1';
    const [row] = (await app.owner.query(sql, [id])) as { n: number }[];
    return row?.n ?? -1;
  };
  const handed = async (phone: Phone, lines: readonly string[]): Promise<Answer> =>
    phone.handPacked([], gzipSync(lines.join('\n')));
  const codeOf = ({ text }: Answer): string => (JSON.parse(text) as { code: string }).code;

  /** A request whose body is sent bit by bit. */
  async function sending(): Promise<{
    send: (bytes: Uint8Array) => void;
    end: () => void;
    cut: () => void;
    answer: Promise<ResultInRanges>;
  }> {
    const { token } = await mediator.signIn();
    const headers = { authorization: `Bearer ${token}`, 'content-type': linesType };
    const asked = request(app.address + PATH, { method: 'POST', headers });
    const answer = new Promise<ResultInRanges>((done, fail) => {
      asked.on('error', fail);
      asked.on('response', (reply) => {
        let text = '';
        reply.on('data', (chunk: Buffer) => (text += chunk.toString()));
        reply.on('end', () => done(JSON.parse(text) as ResultInRanges));
      });
    });
    answer.catch(() => undefined);
    return {
      send: (bytes) => void asked.write(bytes),
      end: () => void asked.end(),
      cut: () => void asked.destroy(),
      answer,
    };
  }
  const until = async (what: () => Promise<boolean>): Promise<void> => {
    while (!(await what())) await new Promise((next) => setTimeout(next, 10));
  };

  it('is taken in while the rest of it is on its way, wherever it is cut', async () => {
    const phone = new Phone(mediator);
    const commands = logged(phone, 5);
    const bytes = Buffer.from(linesOf(phone, commands, 2).join('\n'));
    const { send, end, answer } = await sending();
    const half = bytes.indexOf('\n') + 20;
    send(bytes.subarray(0, half));
    await until(async () => (await receiptsOf(phone)) === 2);
    for (const byte of bytes.subarray(half)) {
      send(Uint8Array.of(byte));
      // Each by itself.
      if (byte > 127) await new Promise((sent) => setTimeout(sent, 5));
    }
    end();
    expect(outcomesOf(fromRanges(await answer, phone.batch(commands)))).toEqual(commands.map(() => 'applied'));
    expect(await answer).toMatchObject({ receivedUpTo: 5 });
    for (const { content } of commands) {
      const { id } = (JSON.parse(content) as { input: { id: string } }).input;
      expect(await mediator.call(visitEndpoints.read, { params: { id } })).toMatchObject({ note: NOTE });
    }
  });

  it('keeps what had arrived when the line breaks, once', async () => {
    const phone = new Phone(mediator);
    const commands = logged(phone, 4);
    const bytes = Buffer.from(linesOf(phone, commands).join('\n'));
    const { send, cut } = await sending();
    send(bytes.subarray(0, -100));
    await until(async () => (await receiptsOf(phone)) === 3);
    cut();
    const answer = await phone.hand(commands);
    expect(outcomesOf(answer)).toEqual(['alreadyApplied', 'alreadyApplied', 'alreadyApplied', 'applied']);
  });

  it('is refused from the line on that is amiss, and the connection goes on', async () => {
    let phone = new Phone(mediator);
    const amiss: [string, (lines: string[]) => string][] = [
      ['MALFORMED', () => '{'],
      ['MALFORMED', () => '[]'],
      ['MALFORMED', () => '{"__proto__": {}}'],
      ['INVALID_INPUT', () => '{}'],
      ['MALFORMED', ([, line = '']) => line.replace(/"deviceId":"[^"]+"/, `"deviceId":"${newId()}"`)],
      ['MALFORMED', ([, line = '']) => line.replace('"ids":"', '"ids":"=zz ')],
      ['MALFORMED', ([, line = '']) => `\n${line}`],
      ['MALFORMED', () => inLines({ deviceId: phone.id, numbered: 0, commands: [] })],
      ['TOO_LARGE', ([, line = '']) => line + ' '.repeat(BATCH_LIMIT)],
    ];
    for (const [code, spoil] of amiss) {
      phone = new Phone(mediator);
      const commands = logged(phone, 3);
      const lines = linesOf(phone, commands);
      const [first = ''] = lines;
      const answer = await handed(phone, [first, spoil(lines)]);
      expect([codeOf(answer), answer.headers.get('connection')]).toEqual([code, 'keep-alive']);
      expect(outcomesOf(await phone.hand(commands))).toEqual(['alreadyApplied', 'applied', 'applied']);
    }
  });

  it.each([
    ['MALFORMED', '{\n'],
    ['INVALID_INPUT', '{}\n'],
    ['MALFORMED', `${inLines({ deviceId: newId(), numbered: 0, commands: [] })}\n{\n`],
  ])('is answered while its sender is still sending, and their connection is not reset: %s', async (is, beginning) => {
    const { send, end, answer } = await sending();
    send(Buffer.from(beginning));
    const code = answer.then((said) => (said as unknown as { code: string }).code);
    for (let sent = 0; sent < 200; sent += 1) {
      send(Buffer.alloc(20_000, 32));
      await new Promise((next) => setTimeout(next, 1));
    }
    end();
    expect(await code).toBe(is);
  });

  it('is malformed when it was packed amiss, at its beginning and in its middle', async () => {
    const phone = new Phone(mediator);
    const packed = gzipSync(linesOf(phone, logged(phone, 200), 1).join('\n'));
    for (const bytes of [packed.subarray(0, 5), packed.subarray(0, -2_000)])
      expect(codeOf(await phone.handPacked([], bytes))).toBe('MALFORMED');
  });

  it('answers for what was done before something went wrong, and lets the rest wait', async () => {
    const phone = new Phone(mediator);
    const commands = logged(phone, 6);
    await app.owner.query(`CREATE FUNCTION stumble() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'planted' USING ERRCODE = '40001'; END $$`);
    await app.owner.query(`CREATE CONSTRAINT TRIGGER stumble AFTER INSERT ON receipt DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.device_id = '${phone.id}' AND NEW.seq = 3) EXECUTE FUNCTION stumble()`);
    try {
      const { status, text } = await handed(phone, linesOf(phone, commands, 2));
      expect([status, JSON.parse(text)]).toMatchObject([200, { results: [{ seq: 1 }, { seq: 2 }], receivedUpTo: 2 }]);
      expect((JSON.parse(text) as ResultInRanges).results).toHaveLength(2);
      expect(await receiptsOf(phone)).toBe(2);
    } finally {
      await app.owner.query('DROP TRIGGER stumble ON receipt; DROP FUNCTION stumble()');
    }
  });

  it('waits as a whole at an office that is another one', async () => {
    const phone = new Phone(mediator);
    phone.generation = newId();
    const { text } = await handed(phone, linesOf(phone, logged(phone, 4), 2));
    const { applied, results, receivedUpTo } = JSON.parse(text) as ResultInRanges;
    expect([applied, receivedUpTo, results.map(({ seq, outcome }) => `${seq} ${outcome}`)]).toEqual([
      [],
      0,
      ['1 notNow', '2 notNow'],
    ]);
  });

  it('may end its last line, and holds no more commands than a phone may hand in at once', async () => {
    const phone = new Phone(mediator);
    const nothing = (): Command => phone.write({ method: 'POST', path: '/nothing', input: NoInput }, {});
    const ended = await handed(phone, [...linesOf(phone, [nothing()]), '']);
    expect(ended.status).toBe(200);
    const many = Array.from({ length: 1_001 }, nothing);
    expect(codeOf(await handed(phone, linesOf(phone, many, 500)))).toBe('TOO_LARGE');
    expect(await receiptsOf(phone)).toBe(1_001);
  });

  it('comes nowhere else', async () => {
    const packed = gzipSync(JSON.stringify(aVisit(family)));
    const { status } = await mediator.fetchPacked(visitEndpoints.create.path, packed, linesType);
    expect(status).toBe(415);
  });
});
