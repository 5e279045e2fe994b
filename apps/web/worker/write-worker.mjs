// After a build: names it in index.html and writes the service worker with the list of everything that the app needs without a network.
// `node worker/write-worker.mjs --withdraw` writes the worker that removes itself instead; `--dist FOLDER --schema N` are for tests.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandSchema } from '@tilts/domain';
import { firstPages, scriptsOf } from '../first-scripts.mjs';

const sources = import.meta.dirname;
/** Scripts, styles, fonts, texts in every language, icons: all but what is for robots and for lawyers. */
const needed = /\.(js|css|json|woff2|svg|png|html|webmanifest)$/;

function writeWorker(dist, schema) {
  const index = join(dist, 'index.html');
  const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && needed.test(file.name) && !['worker.js', 'stats.json'].includes(file.name))
    .map((file) => join(file.parentPath, file.name).slice(dist.length).replaceAll('\\', '/'))
    .sort();
  const first = firstOf(dist, index);
  paths.sort((a, b) => Number(first.has(b)) - Number(first.has(a)));
  const hashes = () => Object.fromEntries(paths.map((path) => [path, hashOf(readFileSync(join(dist, path)))]));
  const unnamed = readFileSync(index, 'utf8').replace(/(<meta name="build" content=")[^"]*/, '$1');
  writeFileSync(index, unnamed);
  const id = createHash('sha256')
    .update(JSON.stringify([schema, hashes()]))
    .digest('hex')
    .slice(0, 16);
  writeFileSync(index, unnamed.replace('<meta name="build" content="', `$&${id}`));
  const build = { id, schema, first: paths.filter((path) => first.has(path)).length, files: hashes() };
  put(dist, `const BUILD = ${JSON.stringify(build)};\n${readFileSync(join(sources, 'worker.js'), 'utf8')}`);
  return build;
}

/** What somebody who has just signed in needs next. */
function firstOf(dist, index) {
  const names = readdirSync(dist).filter((name) => name.endsWith('.js'));
  const scripts = new Map(names.map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
  const html = readFileSync(index, 'utf8');
  return new Set(firstPages.flatMap((page) => scriptsOf(scripts, html, page)).map((name) => `/${name}`));
}

function put(dist, script) {
  writeFileSync(join(dist, 'worker.js'), script);
  // The server would send the compressed one of before.
  rmSync(join(dist, 'worker.js.br'), { force: true });
}

/** As `integrity` of a request wants it. */
function hashOf(content) {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

const { values: given } = parseArgs({
  options: { withdraw: { type: 'boolean' }, dist: { type: 'string' }, schema: { type: 'string' } },
});
const dist = given.dist ?? join(sources, '..', 'dist');
if (given.withdraw) put(dist, readFileSync(join(sources, 'withdrawn-worker.js')));
else {
  const { id, files } = writeWorker(dist, Number(given.schema ?? commandSchema));
  console.log(`Build ${id}: ${Object.keys(files).length} files are kept on the device`);
}
