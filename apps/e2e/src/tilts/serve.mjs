// The built Tilts as a stranger would start it: fresh folders, fresh database, demo data; everything is gone afterwards.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// Only what a process needs: settings of the person who runs the tests stay out of them.
const { PATH, HOME, LANG, E2E_PORT, E2E_FOLDER } = process.env;
// The tests read letters from the same folder.
const folder = join(tmpdir(), E2E_FOLDER);
mkdirSync(folder);
// As root the database runs under another account, which must pass through.
chmodSync(folder, 0o711);

const env = {
  ...{ PATH, HOME, LANG },
  PORT: E2E_PORT,
  DATA_DIR: join(folder, 'data'),
  KEYS_DIR: join(folder, 'keys'),
  DEMO: 'on',
  LOG_LEVEL: 'warn',
};
const main = join(import.meta.dirname, '..', '..', '..', 'api', 'dist', 'main.js');
const api = spawn(process.execPath, [main], { env, stdio: ['ignore', 'inherit', 'inherit'] });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => api.kill('SIGTERM'));
api.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});
