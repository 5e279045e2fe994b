// `npm start`, `npm test` and `npm run dev` on a clone where nothing is installed yet. Runs on any Node from 18 and uses
// only what Node brings; everything after the installation runs on the Node that npm installed (run.mjs).
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.tilts-installed');

const stamp = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .update(`${process.platform}-${process.arch}`)
  .digest('hex');

// What npm tells its scripts would change what a nested npm does; only how to reach the registry is kept.
const reachesRegistry =
  /^npm_config_(registry|cache|userconfig|proxy|https_proxy|http_proxy|noproxy|cafile|ca|strict_ssl)$/i;
const env = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^npm_/i.test(name) || reachesRegistry.test(name) || /registry\./.test(name),
  ),
);

process.chdir(root);
if (!isInstalled()) await install();
await runOnInstalledNode();

function isInstalled() {
  if (!existsSync(stampFile)) return isInstalledByHand();
  return readFileSync(stampFile, 'utf8') === stamp;
}

/** Somebody ran `npm ci`, or `npm install`, before: good when each locked package is there in its version. */
function isInstalledByHand() {
  const hidden = join(modules, '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const installed = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const complete = Object.entries(locked).every(
    ([path, { version, optional, devOptional, peer, link }]) =>
      !path.startsWith('node_modules/') ||
      optional ||
      devOptional ||
      peer ||
      link ||
      installed[path]?.version === version,
  );
  if (complete) writeFileSync(stampFile, stamp);
  return complete;
}

async function install() {
  console.log('Installing packages; the first time this takes about a minute …');
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  // On a terminal npm shows its own progress.
  const pulse = setInterval(() => console.log(`  … still installing (${seconds()})`), 10_000);
  if (process.stdout.isTTY) clearInterval(pulse);
  // The build tools are devDependencies, which NODE_ENV=production or a setting may leave out.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const [command, ...rest] =
    npm?.endsWith('.js') && /\bnpm\b/.test(npm)
      ? [process.execPath, '--require', join(root, 'tools', 'as-packaged-node.cjs'), npm, ...args]
      : ['npm', ...args];
  const code = await run(command, rest, { stdio: 'inherit' });
  clearInterval(pulse);
  if (code !== 0) {
    console.error('The packages could not be installed; npm says above why.');
    process.exit(code);
  }
  writeFileSync(stampFile, stamp);
  console.log(`Packages installed (${seconds()}).`);
}

async function runOnInstalledNode() {
  const packaged = join(modules, '.bin', 'node');
  const node = existsSync(packaged) ? packaged : process.execPath;
  const path = `${join(modules, '.bin')}:${process.env.PATH}`;
  // The channel tells run.mjs when this process is gone, however it ended.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'tools', 'run.mjs'), ...process.argv.slice(2)];
  process.exit(await run(node, args, { stdio, env: { ...env, PATH: path } }));
}

function run(command, args, options) {
  return new Promise((done) => {
    const child = spawn(command, args, { env, ...options });
    child.once('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(1);
    });
    child.once('exit', (code, signal) => {
      clearInterval(orphaned);
      done(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 15));
    });
    // Ctrl-C reaches the whole process group by itself; SIGTERM and SIGHUP are sent to one process.
    let stopping = false;
    process.removeAllListeners('SIGINT').on('SIGINT', () => (stopping = true));
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP']))
      process.removeAllListeners(signal).on(signal, () => {
        stopping = true;
        child.kill(signal);
      });
    // npm itself may be killed with -9: nobody could stop us any more. After a signal it may end before its child, as it should.
    const parent = process.ppid;
    const watch = () => !stopping && process.ppid !== parent && child.kill('SIGTERM');
    const orphaned = process.env.npm_lifecycle_event ? setInterval(watch, 1000) : undefined;
  });
}
