// What start.mjs runs once the packages are there: builds and serves; with --test runs every check; with --dev watches; with the
// name of a command (--backup, --restore, --rotate-keys, --bench, --proof-sync) runs it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

// Nothing that the surroundings say about the product may change how it is built or tested.
const { NODE_ENV: _, ...surroundings } = process.env;
// A pipe carries the output; colours are for a terminal behind it.
const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
const nxEnv = { ...surroundings, ...colours, NX_TUI: 'false', NX_ISOLATE_PLUGINS: 'false', NX_DAEMON: 'false' };

const PROJECTS = { domain: 'libs', i18n: 'libs', testing: 'libs', ui: 'libs', api: 'apps', web: 'apps', e2e: 'apps' };
const projects = Object.entries(PROJECTS)
  .filter(([name, folder]) => existsSync(join(root, folder, name, 'src')))
  .map(([name]) => name);

/** Commands that need the built API, and nothing of the web. */
const COMMANDS = {
  backup: 'apps/api/dist/backup.js',
  restore: 'apps/api/dist/restore.js',
  'rotate-keys': 'apps/api/dist/rotate-keys.js',
  'coordinator-link': 'apps/api/dist/coordinator-link.js',
  'end-sessions': 'apps/api/dist/end-sessions.js',
  bench: 'tools/bench/bench.mjs',
  'proof-sync': 'tools/proof-sync/proof-sync.mjs',
};

/** How ESLint, TypeScript, Jest and Playwright begin a line that says what is wrong. */
const tells =
  /^\s*(\d+\) \[|\[warn\] |- \w+:\w+$|● |✖ |✘ |Error: |\d+:\d+ +error |expect\(|Expected|Received|Locator: |Timeout: )|error TS\d+|^ *error /;

let current;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();

if (process.argv.includes('--test')) await test();
else if (process.argv.includes('--build')) await build(['api', 'web']);
else if (process.argv.includes('--dev')) await (await import('./dev.mjs')).watch({ build: () => build(['api']) });
else {
  const command = process.argv[2]?.replace('--', '');
  await (command && Object.hasOwn(COMMANDS, command) ? runCommand(COMMANDS[command]) : start());
}

async function start() {
  await build(['api', 'web']);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  // A closed terminal is a wish to stop, too.
  process.on('SIGHUP', () => process.kill(process.pid, 'SIGTERM'));
  // In this very process: nothing stands between a signal and the API, and nothing can be left behind.
  process.title = 'tilts';
  await import(pathToFileURL(join(root, 'apps/api/dist/main.js')).href);
}

async function runCommand(file) {
  await build(['api']);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal);
  process.argv.splice(2, 1);
  await import(pathToFileURL(join(root, file)).href);
}

/** One line a project; nx skips what did not change. */
async function build(wanted) {
  const names = wanted.filter((name) => projects.includes(name));
  console.log('Building; the first time this takes about half a minute …');
  const started = Date.now();
  const output = [];
  const code = await run('nx', ['run-many', '-t', 'build', `--projects=${names}`, '--outputStyle=static'], (line) => {
    output.push(line);
    const [, project, how] = /> nx run (\w+):build(.*)/.exec(line) ?? [];
    if (project) console.log(`  ${project}${how?.includes('cache') ? ' (unchanged)' : ''}`);
  });
  if (code !== 0) {
    console.error(output.join('\n'));
    console.error('The build failed; the reason is above.');
    process.exit(code);
  }
  console.log(`Built (${seconds(started)}).`);
}

/** Cheap and telling checks first; each step uses both cores by itself. */
async function test() {
  const everywhere = `--projects=${[...projects, 'tools']}`;
  const steps = [
    ['Lint, type-check (templates too), boundary rules', ['run-many', '-t', 'lint', 'typecheck', everywhere]],
    ['Small and medium tests', ['run-many', '-t', 'test', everywhere]],
    ['Build', ['run-many', '-t', 'build', everywhere]],
    ...(projects.includes('e2e')
      ? [['Large tests: the built app in Chromium', ['run-many', '-t', 'work', 'apart', '--projects=e2e']]]
      : []),
  ];
  const results = [];
  let telling = [];
  for (const [title, args] of steps) {
    console.log(`\n=== ${title} ===`);
    const started = Date.now();
    telling = [];
    const code = await run('nx', [...args, '--outputStyle=static'], (line) => {
      console.log(line);
      if (tells.test(stripVTControlCharacters(line))) telling.push(line);
    });
    results.push(`${code === 0 ? 'passed' : 'FAILED'}  ${title} (${seconds(started)})`);
    if (code !== 0) break;
  }
  const failed = results.at(-1)?.startsWith('FAILED');
  // What runners print after a failure is long, and who reads a log of CI often sees its end only.
  if (failed) console.log(`\n=== What failed, once more ===\n${telling.slice(-40).join('\n')}`);
  console.log(`\n=== ${failed ? 'FAILED; what follows was not run' : 'All checks passed'} ===\n${results.join('\n')}`);
  process.exit(failed ? 1 : 0);
}

/** Each line of the output is given to `onLine`. */
function run(command, args, onLine) {
  return new Promise((done) => {
    // A group of its own, so that one signal ends the command with everything that it started.
    current = spawn(command, args, { env: nxEnv, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const stream of [current.stdout, current.stderr]) createInterface(stream).on('line', onLine);
    current.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(1);
    });
    current.once('close', (code) => {
      current = undefined;
      if (!stopping) done(code ?? 1);
    });
  });
}

function stop(signal) {
  if (stopping) return;
  stopping = true;
  const code = signal === 'SIGINT' ? 130 : 143;
  if (!current) process.exit(code);
  const group = -current.pid;
  current.once('exit', () => process.exit(code));
  process.kill(group, 'SIGTERM');
  setTimeout(() => {
    try {
      process.kill(group, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
    process.exit(code);
  }, 10_000).unref();
}

function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}
