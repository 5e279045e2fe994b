// After a build: names in index.html everything that the first page needs, so that a browser asks for all of it at once. Else it finds out script by
// script, and each step is a round trip: on a weak network 400 ms.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstPages, scriptsOf } from './first-scripts.mjs';

const dist = join(import.meta.dirname, 'dist');
const index = join(dist, 'index.html');
const names = readdirSync(dist).filter((name) => name.endsWith('.js'));
const scripts = new Map(names.map((name) => [name, readFileSync(join(dist, name), 'utf8')]));
const html = readFileSync(index, 'utf8').replace(/<link rel="modulepreload"[^>]*>/g, '');
const runs = new Set([...html.matchAll(/src="([^"]+\.js)"/g)].map(([, name]) => name));
const [forDoor, forToday] = firstPages.map((page) => scriptsOf(scripts, html, page).filter((name) => !runs.has(name)));
const always = forDoor.filter((name) => forToday.includes(name));
const door = forDoor.filter((name) => !always.includes(name));
// What a mediator's phone opens with: its page, and what reads and writes down there.
const onPhone = ['today-page', 'local-store', 'phone-copy', 'phone-notices', 'phone-line'];
const phone = [...new Set(onPhone.flatMap((chunk) => scriptsOf(scripts, html, chunk)))].filter(
  (name) => !runs.has(name) && !always.includes(name),
);
const texts = readdirSync(join(dist, 'media')).filter((name) => name.endsWith('.json'));
writeFileSync(
  index,
  html
    // Which of them it is, and in which language, scheme.js knows before the app does.
    .replace('<meta name="door" content="', `$&${door.join(' ')}`)
    .replace('<meta name="phone" content="', `$&${phone.join(' ')}`)
    .replace('<meta name="texts" content="', `$&${texts.map((name) => `media/${name}`).join(' ')}`)
    .replace('</head>', `${always.map((name) => `<link rel="modulepreload" href="${name}">`).join('')}</head>`),
);
