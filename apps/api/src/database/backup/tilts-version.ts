import { readFileSync } from 'node:fs';

/** As package.json names it; stands as deep beside the sources as beside what is built of them. */
export function tiltsVersion(): string {
  const text = readFileSync(new URL('../../../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
