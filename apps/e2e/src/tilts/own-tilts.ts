import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

const main = join(import.meta.dirname, '..', '..', '..', 'api', 'dist', 'main.js');

/** A Tilts of one test's own, with folders of its own, that may be killed. */
export class OwnTilts {
  #process: ChildProcess | undefined;
  #said = '';

  private constructor(
    readonly port: number,
    private readonly settings: Record<string, string>,
    readonly folder: string,
  ) {}

  static async inNewFolders(settings: Record<string, string> = {}): Promise<OwnTilts> {
    const folder = mkdtempSync(join(tmpdir(), 'tilts-own-'));
    // As root the database runs under another account, which must pass through.
    chmodSync(folder, 0o711);
    return new OwnTilts(await freePort(), settings, folder);
  }

  /** A second process on the same database, with the same keys. `remove()` of one removes what both have. */
  static async beside(first: OwnTilts, settings: Record<string, string> = first.settings): Promise<OwnTilts> {
    return new OwnTilts(await freePort(), settings, first.folder);
  }

  get address(): string {
    return `http://localhost:${this.port}`;
  }

  /** Everything that it wrote to its terminal since the last start. */
  get said(): string {
    return this.#said;
  }

  /** Starts without waiting. */
  launch(): void {
    const { PATH, HOME, LANG } = process.env;
    const env = {
      PATH,
      HOME,
      LANG,
      PORT: String(this.port),
      DATA_DIR: join(this.folder, 'data'),
      KEYS_DIR: join(this.folder, 'keys'),
      LOG_LEVEL: 'fatal',
      ...this.settings,
    };
    this.#said = '';
    this.#process = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (words: Buffer) => (this.#said += words.toString()));
  }

  /** Starts and waits until it is ready; answers how many seconds that took. */
  async start(): Promise<number> {
    this.launch();
    return this.ready();
  }

  /** Waits until it is ready. */
  async ready(): Promise<number> {
    const begun = Date.now();
    while (!(await this.#isReady())) {
      if (this.#process?.exitCode !== null || Date.now() - begun > 90_000)
        throw new Error(`Tilts did not start:\n${this.#said}`);
      await sleep(50);
    }
    return (Date.now() - begun) / 1000;
  }

  /** kill -9. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** As when a container is killed or the power fails: the database server and whatever else it started die with it. */
  async killEverything(): Promise<void> {
    const ended = this.kill();
    for (const pid of this.left()) if (pid !== this.#process?.pid) killIfThere(pid);
    await ended;
  }

  /** As a supervisor stops it; answers the exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** kill -9 of the database server that belongs to it. */
  killDatabase(): void {
    const [pid] = readFileSync(join(this.#database, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
  }

  /** Processes that work in its folders: the database server and its backends. */
  left(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          return (
            readlinkSync(`/proc/${pid}/cwd`).startsWith(this.folder) ||
            readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.folder)
          );
        } catch {
          return false;
        }
      })
      .map(Number);
  }

  async remove(): Promise<void> {
    if (this.#process?.exitCode === null && this.#process.signalCode === null) await this.stop();
    for (const pid of this.left()) killIfThere(pid);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  get #database(): string {
    return join(this.folder, 'data', 'postgres', 'pgdata');
  }

  async #isReady(): Promise<boolean> {
    try {
      const answer = await fetch(`${this.address}/api/health/ready`);
      return answer.ok && existsSync(this.#database);
    } catch {
      return false;
    }
  }

  #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const ending = this.#process;
    return new Promise((resolve) => {
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) {
        resolve(ending?.exitCode ?? null);
        return;
      }
      ending.once('exit', resolve);
      ending.kill(signal);
    });
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself meanwhile.
  }
}
