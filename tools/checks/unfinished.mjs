// What is left to do stands in an issue, not in the code; and what switches a check off says why.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { filesOf } from './files.mjs';

const LEFT = /\b(TODO|FIXME|XXX|HACK)\b/;
const SWITCHED_OFF_WITHOUT_REASON = /(eslint-disable(?!.* -- \S)|@ts-ignore|@ts-nocheck|\b(describe|it|test)\.only\()/;
/** Names that say nothing about what is inside. */
const EMPTY_NAME = /^(utils?|helpers?|common|shared|misc|manager|.*\.(util|helper|manager)s?)(\.|$)/;

export function unfinished(root) {
  return filesOf(root, /\.(ts|mts|mjs|cjs|js|html|scss|sql|md|yml|sh)$/)
    .filter((path) => !path.startsWith('tools/checks/unfinished'))
    .flatMap((path) => {
      const lines = readFileSync(join(root, path), 'utf8').split('\n');
      const found = lines.flatMap((line, i) =>
        LEFT.test(line) || SWITCHED_OFF_WITHOUT_REASON.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : [],
      );
      const named = path.split('/').some((part) => EMPTY_NAME.test(basename(part)));
      return named ? [...found, `${path} has a name that says nothing`] : found;
    });
}
