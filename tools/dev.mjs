// `npm run dev`: the API restarts and the pages reload when a file is saved. Web on http://localhost:4200, which hands
// /api on to the API (apps/web/proxy.conf.mjs).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const port = process.env.PORT ?? '3000';

const COMPILE = ['-w', '--preserveWatchOutput', '--pretty', 'false', '-p'];
const WATCHED = [
  { name: 'domain', folder: 'libs/domain', command: ['tsc', ...COMPILE, 'tsconfig.lib.json'] },
  { name: 'i18n', folder: 'libs/i18n', command: ['tsc', ...COMPILE, 'tsconfig.lib.json'] },
  { name: 'testing', folder: 'libs/testing', command: ['tsc', ...COMPILE, 'tsconfig.lib.json'] },
  { name: 'api', folder: 'apps/api', command: ['tsc', ...COMPILE, 'tsconfig.app.json'] },
  {
    name: 'serve',
    folder: '.',
    command: [
      'node',
      '--watch-preserve-output',
      ...['apps/api', 'libs/domain', 'libs/i18n', 'libs/testing'].map((folder) => `--watch-path=${folder}/dist`),
      'apps/api/dist/main.js',
    ],
  },
  { name: 'web', folder: 'apps/web', command: ['ng', 'serve', '--port', '4200'] },
];

/** `build` makes everything once, so that the watchers begin with something complete. */
export async function watch({ build }) {
  await build();
  console.log(`\nOpen http://localhost:4200 (the API alone: http://localhost:${port}/api/docs). Ctrl-C ends it.\n`);
  const children = WATCHED.filter(({ folder }) => existsSync(join(root, folder))).map(run);
  const stop = () => children.forEach((child) => child.kill('SIGTERM'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal).on(signal, stop);
  await Promise.all(children.map((child) => new Promise((done) => child.once('close', done))));
}

function run({ name, folder, command: [program, ...args] }) {
  const { PORT: _, ...surroundings } = process.env;
  // The web's own server listens to PORT too, which is the API's; it is told where that is instead.
  const env = name === 'web' ? { ...surroundings, API_PORT: port } : process.env;
  const child = spawn(program, args, { cwd: join(root, folder), env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => process.stdout.write(text.replace(/^(?=.)/gm, `[${name}] `)));
  }
  child.once('error', (error) => console.error(`[${name}] ${error.message}`));
  return child;
}
