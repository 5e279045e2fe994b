// After a build: compresses every file once, as well as it can be (the server sends the .br as it is), and refuses a first screen
// whose scripts are heavier than an old phone on a weak network can take.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const dist = join(import.meta.dirname, 'dist');
const limit = 150 * 1024;
/** The pages that somebody may see first; each counts with everything that it imports. */
const firstPages = ['sign-in-page', 'today-page'];

export function firstScreen(files, html, page) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || !files.has(name)) return;
    seen.add(name);
    for (const [, imported] of files.get(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) visit(imported);
  };
  for (const [, name] of html.matchAll(/(?:src|href)="([^"]+\.js)"/g)) visit(name);
  const chunk = [...files.keys()].find((name) => name.startsWith(`${page}-`));
  if (!chunk) throw new Error(`No chunk for ${page}`);
  visit(chunk);
  return [...seen];
}

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
  const total = firstScreen(scripts, html, page).reduce((sum, name) => sum + sizes.get(name), 0);
  console.log(`First screen with ${page}: ${(total / 1024).toFixed(1)} KiB of scripts (limit ${limit / 1024})`);
  if (total > limit) process.exitCode = 1;
}
