import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** The proxy of the installation with its own Caddyfile, on free ports, with a certificate authority of this test's own. */
export class Caddy {
  #process: ChildProcess | undefined;
  #said = '';
  readonly #folder = mkdtempSync(join(tmpdir(), 'tilts-caddy-'));

  private constructor(
    private readonly program: string,
    readonly host: string,
    readonly port: number,
    readonly plainPort: number,
  ) {}

  /** Where Caddy is: CADDY_PATH (set by .ci/run), or the PATH; undefined: nowhere. */
  static program(): string | undefined {
    return [process.env['CADDY_PATH'], 'caddy'].find((path) => path && spawnSync(path, ['version']).status === 0);
  }

  static async at(host: string, program: string): Promise<Caddy> {
    return new Caddy(program, host, await freePort(), await freePort());
  }

  get address(): string {
    return `https://${this.host}:${this.port}`;
  }

  async start(upstreams: readonly number[]): Promise<void> {
    const { PATH, HOME } = process.env;
    const env = {
      PATH,
      HOME,
      XDG_DATA_HOME: this.#folder,
      XDG_CONFIG_HOME: this.#folder,
      TILTS_HOST: this.host,
      TILTS_TLS: 'internal',
      TILTS_HTTP_PORT: String(this.plainPort),
      TILTS_HTTPS_PORT: String(this.port),
      TILTS_PROCESSES: 'here',
      TILTS_UPSTREAMS: upstreams.map((port) => `127.0.0.1:${port}`).join(' '),
    };
    const args = ['run', '--adapter', 'caddyfile', '--config', join(root, 'Caddyfile')];
    this.#process = spawn(this.program, args, { env, cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (words: Buffer) => (this.#said += words.toString()));
    for (let tries = 0; tries < 200; tries++) {
      if (existsSync(this.#authority('root')) && this.#said.includes('serving initial configuration')) return;
      if (this.#process.exitCode !== null) break;
      await sleep(50);
    }
    throw new Error(`Caddy did not start:\n${this.#said}`);
  }

  /** The authority that vouches for its certificate. */
  get authority(): string {
    return readFileSync(this.#authority('root'), 'utf8');
  }

  /** Chromium believes exactly the authority that stands in the chain, and finds the host on this machine. */
  browserArguments(): string[] {
    const key = new X509Certificate(readFileSync(this.#authority('intermediate'))).publicKey;
    const hash = createHash('sha256').update(key.export({ type: 'spki', format: 'der' }));
    return [
      `--ignore-certificate-errors-spki-list=${hash.digest('base64')}`,
      `--host-resolver-rules=MAP ${this.host} 127.0.0.1`,
    ];
  }

  async stop(): Promise<void> {
    const ending = this.#process;
    if (ending && ending.exitCode === null) {
      const ended = new Promise((done) => ending.once('exit', done));
      ending.kill('SIGTERM');
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #authority(which: 'root' | 'intermediate'): string {
    return join(this.#folder, 'caddy', 'pki', 'authorities', 'local', `${which}.crt`);
  }
}
