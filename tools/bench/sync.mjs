// A phone that was away comes back with a thousand visits, over a slow line (link.mjs). The phone's own code picks, packs and settles its
// batches; only its database is left out, which is measured with the browser (phone.mjs).
import { Agent, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { idLike, newId, numberCommand } from '@tilts/domain';
import { anAssistance, aVisit } from '@tilts/testing';
import { v7 } from 'uuid';
import { Random } from '../proof-sync/random.mjs';
import { cpuOf, median } from './cost.mjs';
import { openLink } from './link.mjs';
import { phoneCode } from './phone-code.mjs';

/** What PouchDB needs for a thousand visits on such a line, as the project measured its peers. */
const POUCHDB = { bytes: 684 * 1_024, seconds: 31.4 };
const BARS = { times: 8, seconds: 2.5 };
const LINE = { kbitPerSecond: 400, roundTripMs: 400 };
/** To know what of it is the line's. */
const NONE = { kbitPerSecond: Infinity, roundTripMs: 0 };
export const VISITS = 1_000;

/**
 * Medians of so many rounds, each over the slow line and over none. `signIn` is asked before each, since tokens are short-lived.
 * @param {{ app: { port: number, pid: number, postmaster: number }, signIn: () => Promise<string>, families: any[], rounds: number }} asked
 */
export async function measurePush({ app, signIn, families, rounds }) {
  const random = new Random(1);
  const turn = async (line) => push(app, await signIn(), visits(random, families), line);
  // Plans are made and code is warm before anything counts.
  await turn(NONE);
  const [slow, near] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    slow.push(await turn(LINE));
    near.push(await turn(NONE));
  }
  const middle = (turns, what) => median(turns.map((one) => one[what]));
  return {
    seconds: middle(slow, 'seconds'),
    up: middle(slow, 'up'),
    down: middle(slow, 'down'),
    requests: middle(slow, 'requests'),
    nearSeconds: middle(near, 'seconds'),
    /** CPU of the office for one visit, in milliseconds. */
    cost: median([...slow, ...near].map(({ cpu }) => cpu / VISITS)),
  };
}

/** From the moment on which there is a network again until all of it is settled: the connection is opened, too. */
async function push(app, token, commands, line) {
  const { OutboxRunner } = await phoneCode('sync/outbox-runner');
  const { Office } = await phoneCode('sync/office');
  const link = await openLink(app.port, line);
  const agent = new Agent({ keepAlive: true });
  let port = app.port;
  let requests = 0;
  const transport = (asked) => {
    requests += 1;
    return send({ port, agent, ...asked });
  };
  try {
    const office = new Office({ token: () => token, renew: () => Promise.resolve(false) }, transport);
    const device = newId();
    // It has spoken with this office before.
    const { results: _, ...said } = await office.hand({
      deviceId: device,
      numbered: 0,
      generation: null,
      commands: [],
    });
    const box = new Box(commands, said);
    const runner = new OutboxRunner(box, office, device, () => undefined);
    port = link.port;
    requests = 0;
    const before = cpuOf(app);
    const begun = performance.now();
    await runner.run();
    const seconds = (performance.now() - begun) / 1_000;
    const after = cpuOf(app);
    const left = box.entries.find(({ result }) => result?.outcome !== 'applied');
    if (left) throw new Error(`A visit did not get to the office: ${JSON.stringify(left.result)}`);
    const cpu = after.server + after.database - before.server - before.database;
    return { seconds, cpu, requests, ...link.carried };
  } finally {
    agent.destroy();
    await link.close();
  }
}

/** The outbox of a phone, in memory. */
class Box {
  constructor(commands, said) {
    this.entries = commands.map((command) => ({ command, state: 'waiting', result: null, tries: 0, replaces: [] }));
    this.numbered = commands.length;
    this.office = { generation: said.generation, said, cursor: null, at: null };
  }

  readOutbox() {
    return Promise.resolve({ ...this });
  }

  outbox(change) {
    return Promise.resolve(Object.assign(this, change({ ...this })));
  }
}

/** As a browser sends it. */
async function send({ port, agent, method, address, headers, body }) {
  const bytes = body === null ? undefined : Buffer.from(typeof body === 'string' ? body : await body.arrayBuffer());
  const all = {
    ...headers,
    'accept-encoding': 'gzip, deflate, br, zstd',
    ...(bytes && { 'content-length': bytes.length }),
  };
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, method, path: address, agent, headers: all }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', fail);
      answer.on('end', () => {
        const unpack = { br: brotliDecompressSync, gzip: gunzipSync }[answer.headers['content-encoding'] ?? ''];
        const whole = Buffer.concat(chunks);
        const text = (unpack ? unpack(whole) : whole).toString();
        done({ status: answer.statusCode ?? 0, text, date: answer.headers.date });
      });
    });
    sent.on('error', fail);
    sent.end(bytes);
  });
}

/** Common visits of three weeks: one person met and helped, and a note of a sentence in every second one. */
function visits(random, families) {
  const span = 21 * 86_400_000;
  const begun = Date.now() - span;
  return Array.from({ length: VISITS }, (_, n) => {
    const saved = Math.floor(begun + ((n + random.between(0, 1_000) / 1_000) * span) / VISITS);
    // An id tells when it was made: that of a visit when its form was opened, of help when it was tapped, of a command when it was saved.
    const idMade = (secondsBefore) => v7({ msecs: saved - random.between(0, secondsBefore * 1_000) });
    const at = new Date(saved).toISOString();
    const family = random.pick(families);
    const person = random.pick(family.persons);
    const [needArea, kind] = [random.pick(['SOC', 'EDU', 'DOC']), random.pick(['fillForm', 'inform', 'consult'])];
    const { rules: _rules, ...input } = aVisit(family, {
      id: idMade(60),
      day: at.slice(0, 10),
      time: at.slice(11, 16),
      minutes: random.pick([15, 30, 45, 60]),
      channel: random.pick(['homeVisit', 'homeVisit', 'phone']),
      metPersonIds: [person],
      assistance: [anAssistance({ id: idMade(30), needArea, kind, personIds: [person] })],
      note: random.chance(0.5) ? sentence(random) : null,
    });
    const command = numberCommand({ operation: 'POST /visits', params: {}, input, base: null }, n + 1, at);
    return { ...command, id: idLike(input.id, idMade(0), command.seq) };
  });
}

const WORDS =
  'pabalsta iesniegumu skolas apmeklējumu ārsta vizīti parādu grafiku darba meklēšanu dzīvokļa rindu veidlapu dienestu māte tēvs bērni vecmāmiņa vēstuli atteikumu termiņu piektdien nākamnedēļ lūdza palīdzēt aizpildīt pārrunājām zvanīja saņēma vienojāmies tikties jāiesniedz dokumentus trūkst izziņas'.split(
    ' ',
  );

function sentence(random) {
  const words = Array.from({ length: random.between(4, 12) }, () => random.pick(WORDS)).join(' ');
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

/** `single`: CPU of the office for a visit that is logged by itself, in milliseconds. */
export function printPush({ seconds, up, down, requests, nearSeconds, cost }, single) {
  const bytes = up + down;
  const times = POUCHDB.bytes / bytes;
  const { kbitPerSecond, roundTripMs } = LINE;
  // The connection, and there and back.
  const line = (bytes / (kbitPerSecond / 8) + (1 + requests) * roundTripMs) / 1_000;
  const kib = (count) => (count / 1_024).toFixed(0);
  const reached = (is) => (is ? 'reached' : 'not reached');
  console.log(
    `\n${VISITS.toLocaleString('en')} visits from a phone, over ${kbitPerSecond} kbit/s with a round trip of ${roundTripMs} ms\n`,
  );
  console.log('| | Tilts | PouchDB | | bar | |\n| --- | ---: | ---: | ---: | --- | --- |');
  console.log(
    `| KiB (up and down) | ${kib(bytes)} (${kib(up)}, ${kib(down)}) | ${kib(POUCHDB.bytes)} | ${times.toFixed(1)} × fewer | ≥ ${BARS.times} × | ${reached(times >= BARS.times)} |`,
  );
  console.log(
    `| seconds | ${seconds.toFixed(2)} | ${POUCHDB.seconds} | ${(POUCHDB.seconds / seconds).toFixed(1)} × less | ≤ ${BARS.seconds} s | ${reached(seconds <= BARS.seconds)} |`,
  );
  console.log(`| of them the line | ${line.toFixed(2)} | | | | |`);
  console.log(`| without a line | ${nearSeconds.toFixed(1)} | | | | |`);
  console.log(
    `\nCPU of the office for a visit: ${cost.toFixed(2)} ms; logged by itself ${single.toFixed(2)} ms, ${(single / cost).toFixed(1)} × as much`,
  );
}
