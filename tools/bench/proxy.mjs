// The proxy of the installation, with its Caddyfile, in front of the app: HTTPS and HTTP/2, as a phone meets Tilts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const HOST = 'tilts.test';
const caddyfile = join(import.meta.dirname, '..', '..', 'Caddyfile');

export function hasProxy() {
  return spawnSync('caddy', ['version']).status === 0;
}

/** @param {{ port: number, plainPort: number, upstream: number }} at */
export async function openProxy({ port, plainPort, upstream }) {
  const folder = mkdtempSync(join(tmpdir(), 'tilts-proxy-'));
  const env = {
    PATH: process.env.PATH,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    TILTS_HOST: HOST,
    TILTS_TLS: 'internal',
    TILTS_HTTP_PORT: String(plainPort),
    TILTS_HTTPS_PORT: String(port),
    TILTS_PROCESSES: 'here',
    TILTS_UPSTREAMS: `127.0.0.1:${upstream}`,
  };
  const args = ['run', '--adapter', 'caddyfile', '--config', caddyfile];
  const child = spawn('caddy', args, { env, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (words) => (said += words));
  const authority = join(folder, 'caddy', 'pki', 'authorities', 'local', 'intermediate.crt');
  while (!(existsSync(authority) && said.includes('serving initial configuration'))) {
    if (child.exitCode !== null) throw new Error(`Caddy did not start:\n${said}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  const key = new X509Certificate(readFileSync(authority)).publicKey.export({ type: 'spki', format: 'der' });
  return {
    /** A browser believes exactly this authority, and finds the host on this machine. */
    browserArguments: [
      `--ignore-certificate-errors-spki-list=${createHash('sha256').update(key).digest('base64')}`,
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
    ],
    async close() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
