// `npm run proof:sync`: nothing that was acknowledged is ever lost, doubled or invented. It starts the built API on a PostgreSQL of its
// own, lets phones work (the outbox of the app itself), and does to them what happens in life: processes killed, networks cut, batches out
// of order, a backup restored. `--liar <name>` plants a lie that must be caught (the code is then 1), `--liars` each of them one by one.
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { cuts } from './cuts.mjs';
import { disorder } from './disorder.mjs';
import { kills } from './kills.mjs';
import { LIARS } from './liars.mjs';
import { Office } from './office.mjs';
import { Random } from './random.mjs';
import { restored } from './restored.mjs';
import { Contradiction, verdictOn } from './verdict.mjs';

const PARTS = {
  a: ['kill -9', kills],
  b: ['the network cut at each byte', cuts],
  c: ['twice, late, out of order', disorder],
  d: ['a restored backup', restored],
};
const SHOWN = 5;

const { values: given } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    /** Every how many bytes the network is cut. */
    stride: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    parts: { type: 'string', default: 'abcd' },
    liar: { type: 'string' },
    liars: { type: 'boolean', default: false },
  },
});
const amounts = Object.fromEntries(['kills', 'stride', 'rounds', 'seed'].map((name) => [name, Number(given[name])]));
const wrong = Object.entries(amounts).find(([, n]) => !Number.isSafeInteger(n) || n < 0);
if (wrong || amounts.stride === 0) refuse(`--${wrong?.[0] ?? 'stride'} is a whole number`);
if (/[^abcd]/.test(given.parts)) refuse('--parts names some of a, b, c, d');
if (given.liar !== undefined && !Object.hasOwn(LIARS, given.liar))
  refuse(`--liar is one of ${Object.keys(LIARS).join(', ')}`);

const begun = Date.now();
const office = new Office();
let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    interrupted = true;
    void office.close().finally(() => process.exit(130));
  });

let code = 1;
try {
  console.log(`Seed ${amounts.seed}`);
  say('starting the office');
  await office.open();
  if (given.liars) code = await everyLiar();
  else if (given.liar) code = await oneLiar(given.liar);
  else code = await proof();
} catch (error) {
  endLine();
  // What was begun fails when everything is ended under it.
  if (!interrupted) console.error(error);
} finally {
  await office.close();
}
process.exit(interrupted ? 130 : code);

async function proof() {
  const rows = [];
  for (const part of given.parts) {
    const row = await run(part, {});
    rows.push(row);
    endLine();
    console.log(`(${part}) ${row.title}: ${summary(row.verdict)}`);
  }
  const all = { acknowledged: 0, waiting: 0, needsYou: 0, lost: [], doubled: [], invented: [] };
  for (const { verdict } of rows)
    for (const [what, n] of Object.entries(verdict))
      all[what] = Array.isArray(n) ? [...all[what], ...n] : all[what] + n;
  console.log('\n| part | what was done | acknowledged | lost | doubled | invented | needs somebody | seconds |');
  console.log('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { title, happened, verdict, seconds } of rows) console.log(rowOf(title, happened, verdict, seconds));
  console.log(rowOf('all', '', all, Math.round((Date.now() - begun) / 1000)));
  tell(all);
  console.log(`\n${summary(all)} (seed ${amounts.seed})`);
  return isClean(all) ? 0 : 1;
}

async function oneLiar(name) {
  const { verdict } = await run(LIARS[name].part, LIARS[name]);
  endLine();
  tell(verdict);
  console.log(`${name}: ${summary(verdict)}; ${isClean(verdict) ? 'NOT CAUGHT' : 'caught'}`);
  return isClean(verdict) ? 0 : 1;
}

/** 0 when every one of them was caught. */
async function everyLiar() {
  let missed = 0;
  for (const [name, liar] of Object.entries(LIARS)) {
    const { verdict } = await run(liar.part, liar);
    if (isClean(verdict)) missed += 1;
    endLine();
    console.log(`${isClean(verdict) ? 'NOT CAUGHT' : 'caught'}  ${name}: ${summary(verdict)}`);
    console.log(`        ${[...verdict.lost, ...verdict.doubled, ...verdict.invented][0] ?? ''}`);
  }
  return missed === 0 ? 0 : 1;
}

async function run(part, { Kind = undefined, victims = undefined, isDurable = true }) {
  const [title, work] = PARTS[part];
  const random = new Random(amounts.seed + part.charCodeAt(0));
  const started = Date.now();
  const told = await work({
    office,
    random,
    ...amounts,
    say: (text) => say(`${title}: ${text}`),
    Kind,
    victims,
    onReady: isDurable ? undefined : () => setDurable(false),
  }).catch((error) => {
    if (error instanceof Contradiction) return error;
    throw error;
  });
  if (!isDurable) await setDurable(true);
  const isOver = told instanceof Contradiction;
  const verdict = isOver ? told.verdict : await verdictOn(told.scene);
  const happened = isOver ? 'stopped at what cannot be' : told.happened;
  return { title, happened, verdict, seconds: Math.round((Date.now() - started) / 1000) };
}

/** Off: a COMMIT is answered before it is on the disk, and a power failure takes with it what came last. */
async function setDurable(on) {
  await office.look(async (client) => {
    for (const setting of [`synchronous_commit = ${on ? 'on' : 'off'}`, `wal_writer_delay = '${on ? '200ms' : '10s'}'`])
      await client.query(`ALTER SYSTEM SET ${setting}`);
    await client.query('SELECT pg_reload_conf()');
  });
}

function isClean({ lost, doubled, invented }) {
  return lost.length + doubled.length + invented.length === 0;
}

function summary({ acknowledged, lost, doubled, invented }) {
  return `acknowledged / lost / doubled / invented: ${acknowledged} / ${lost.length} / ${doubled.length} / ${invented.length}`;
}

function rowOf(title, happened, { acknowledged, lost, doubled, invented, needsYou }, seconds) {
  return `| ${title} | ${happened} | ${acknowledged} | ${lost.length} | ${doubled.length} | ${invented.length} | ${needsYou} | ${seconds} |`;
}

function tell(verdict) {
  for (const what of ['lost', 'doubled', 'invented']) {
    const faults = verdict[what];
    for (const fault of faults.slice(0, SHOWN)) console.log(`${what}: ${fault}`);
    if (faults.length > SHOWN) console.log(`${what}: … and ${faults.length - SHOWN} more`);
  }
}

/** How far it is: on a terminal one line that changes, elsewhere nothing but the end. */
function say(text) {
  if (process.stdout.isTTY) process.stdout.write(`\r\u001b[2K  ${text} …`);
}

function endLine() {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[2K');
}

/** @returns {never} */
function refuse(why) {
  console.error(why);
  process.exit(2);
}
