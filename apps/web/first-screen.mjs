// After a build: compresses every file once, as well as it can be (the server sends the .br as it is), and refuses a first screen
// whose scripts are heavier than an old phone on a weak network can take.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { firstPages, scriptsOf } from './first-scripts.mjs';

const dist = join(import.meta.dirname, 'dist');
const limit = 150 * 1024;
const names = readdirSync(dist, { recursive: true }).filter(
  (name) => /\.(js|css|json|svg|html|txt)$/.test(name) && !name.includes('stats'),
);
const sizes = new Map();
for (const name of names) {
  const compressed = brotliCompressSync(readFileSync(join(dist, name)));
  sizes.set(name, compressed.length);
  writeFileSync(join(dist, `${name}.br`), compressed);
}

const scripts = new Map(
  names.filter((name) => name.endsWith('.js')).map((name) => [name, readFileSync(join(dist, name), 'utf8')]),
);
const html = readFileSync(join(dist, 'index.html'), 'utf8');
for (const page of firstPages) {
  const total = scriptsOf(scripts, html, page).reduce((sum, name) => sum + sizes.get(name), 0);
  console.log(`First screen with ${page}: ${(total / 1024).toFixed(1)} KiB of scripts (limit ${limit / 1024})`);
  if (total > limit) process.exitCode = 1;
}
