// A link in a document leads to a file, and to a heading of it, that exist; a link to a spec names the file or a test in it.
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { filesOf } from './files.mjs';

export function brokenLinks(root) {
  return filesOf(root, /\.md$/).flatMap((path) => {
    const links = [
      ...withoutCode(readFileSync(join(root, path), 'utf8')).matchAll(/(?:\[([^\][]*))?\]\(([^)\s]+)[^)]*\)/g),
    ];
    return links
      .filter(
        ([, text, link]) =>
          !/^[a-z]+:/i.test(link) && !(leadsSomewhere(root, path, link) && holds(root, path, link, text)),
      )
      .map(([, text, link]) => `${path} → ${link}${link.includes('.spec.') ? ` (${text})` : ''}`);
  });
}

function leadsSomewhere(root, from, link) {
  const [file, heading] = decodeURI(link).split('#');
  const target = file ? normalize(join(dirname(from), file)) : from;
  if (target.startsWith('..') || !existsSync(join(root, target))) return false;
  return !heading || !target.endsWith('.md') || headings(readFileSync(join(root, target), 'utf8')).includes(heading);
}

/** A rule whose test was renamed or taken away is guarded by nothing, although the file is still there. */
function holds(root, from, link, text = '') {
  if (!/\.spec\.\w+$/.test(link)) return true;
  const test = text.replaceAll('`', '');
  return (
    test === basename(link) ||
    readFileSync(join(root, dirname(from), link), 'utf8')
      .replaceAll('`', '')
      .includes(test)
  );
}

/** As GitHub makes them: lower case, punctuation away, blanks to hyphens. */
function headings(text) {
  return [...withoutCode(text).matchAll(/^#+ +(.+)$/gm)].map(([, title]) =>
    title
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}

function withoutCode(text) {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()`]/g, ''));
}
