// A command that a document tells people to type exists: npm scripts, commands of the server with their options, settings.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOf } from './files.mjs';

const NPM = /\bnpm (?:run ([a-z][\w:-]*)|(start|test)\b)(?: -- ([^`\n]*))?/g;
const SERVER = /\b(?:sudo tilts|node (?:\/opt\/tilts\/)?apps\/api\/dist\/)\s?([a-z][\w-]*)(?:\.js)?([^`\n]*)/g;
/** npm's own, and scripts that run by themselves. */
const WITHOUT_SCRIPT = new Set(['ci', 'install']);

/** Says where a document names what is not there. */
export function missingCommands(root) {
  const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts ?? {};
  return filesOf(root, /\.md$/).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    const say = (words) => `${path}: ${words}`;
    return [
      ...[...text.matchAll(NPM)]
        .map(([, script, plain, options]) => ({ name: script ?? plain, options }))
        .filter(({ name }) => !WITHOUT_SCRIPT.has(name))
        .flatMap(({ name, options }) => [
          ...(scripts[name] ? [] : [say(`npm run ${name}`)]),
          ...unknownOptions(root, name, options).map((option) => say(`npm run ${name} -- --${option}`)),
        ]),
      ...[...text.matchAll(SERVER)].flatMap(([, name, options]) =>
        existsSync(join(root, 'apps/api/src', `${name}.ts`))
          ? unknownOptions(root, name, options).map((option) => say(`${name} --${option}`))
          : [say(`there is no command ${name}`)],
      ),
      ...unknownSettings(root, path, text).map((name) => say(`there is no setting ${name}`)),
    ];
  });
}

/** Options of our own commands stand in their source as `parseArgs` takes them. */
function unknownOptions(root, name, options = '') {
  const source = join(root, 'apps/api/src', `${name}.ts`);
  if (!existsSync(source)) return [];
  const text = readFileSync(source, 'utf8');
  return [...options.matchAll(/(?:^|\s)--([a-z][a-z-]*)/g)]
    .map(([, option]) => option)
    .filter((option) => !new RegExp(`^\\s+'?${option}'?: \\{ type:|[{ ]'?${option}'?: \\{ type:`, 'm').test(text));
}

/** Names in capitals with an underscore, in `code`: settings of Tilts, or of its compose file and proxy. */
function unknownSettings(root, path, text) {
  if (path !== 'docs/operations.md') return [];
  const where = ['.env.example', 'docker-compose.yml', 'Caddyfile', 'deploy/settings.example'];
  const known = where
    .map((file) => join(root, file))
    .filter(existsSync)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
  const named = [...text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`|^([A-Z]+(?:_[A-Z]+)+)=/gm)];
  return named.map(([, inline, line]) => inline ?? line).filter((name) => !new RegExp(`\\b${name}\\b`).test(known));
}
