import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

const built = join(import.meta.dirname, '..', '..', '..', 'web', 'dist');
const writeWorker = join(built, '..', 'worker', 'write-worker.mjs');
const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** The pages of Tilts as an operator replaces them: the API of a running Tilts, and in front of it one build after another. */
export class ServedBuilds {
  /** Asked for a file whose address contains this, it closes the connection, and each one from then on: a network that breaks. */
  broken: string | null = null;
  /** The API is out of reach, while files still come. */
  withoutApi = false;
  /** How often a file was asked for, by its address. */
  readonly asked: string[] = [];
  readonly #server = createServer((asked, answer) => this.#answer(asked, answer));
  readonly #folders: string[] = [];
  #folder = built;
  #headers: Record<string, string> = {};

  private constructor(private readonly tilts: URL) {}

  static async before(tilts: string): Promise<ServedBuilds> {
    const served = new ServedBuilds(new URL(tilts));
    const { headers } = await fetch(tilts);
    for (const name of ['content-security-policy', 'x-content-type-options', 'referrer-policy'])
      served.#headers[name] = headers.get(name) ?? '';
    await new Promise<void>((open) => served.#server.listen(0, '127.0.0.1', open));
    return served;
  }

  get address(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on another build is served; the scripts of the one before are gone. Answers its id. */
  replace(schema?: number): string {
    const folder = mkdtempSync(join(tmpdir(), 'tilts-build-'));
    this.#folders.push(folder);
    cpSync(built, folder, { recursive: true, filter: (from) => !from.endsWith('.br') });
    // As a builder does when the source changed: other content, other names.
    const renewed = (text: string): string =>
      text.replace(
        /(-[\w-]{7})([\w-])\.js\b/g,
        (_, start: string, last: string) => `${start}${last === 'Z' ? 'Y' : 'Z'}.js`,
      );
    for (const name of readdirSync(folder).filter((one) => /\.(js|html)$/.test(one))) {
      writeFileSync(join(folder, name), renewed(readFileSync(join(folder, name), 'utf8')));
      renameSync(join(folder, name), join(folder, renewed(name)));
    }
    this.#folder = folder;
    const of = schema === undefined ? [] : ['--schema', String(schema)];
    const told = execFileSync(process.execPath, [writeWorker, '--dist', folder, ...of], { encoding: 'utf8' });
    return /^Build (\w+)/.exec(told)?.[1] ?? '';
  }

  /** The worker that removes itself. */
  withdraw(): void {
    execFileSync(process.execPath, [writeWorker, '--dist', this.#folder, '--withdraw']);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }

  #answer(asked: IncomingMessage, answer: ServerResponse): void {
    const { pathname } = new URL(asked.url ?? '/', this.tilts);
    if (pathname.startsWith('/api')) return this.withoutApi ? void asked.destroy() : this.#handOn(asked, answer);
    this.asked.push(pathname);
    if (this.broken !== null && pathname.includes(this.broken)) {
      this.broken = '/';
      return void asked.destroy();
    }
    const path = join(this.#folder, extname(pathname) ? pathname : 'index.html');
    if (!existsSync(path)) return void answer.writeHead(404).end();
    answer.writeHead(200, {
      ...this.#headers,
      'content-type': types[extname(path)] ?? 'text/plain',
      'cache-control': 'no-cache',
    });
    answer.end(readFileSync(path));
  }

  #handOn(asked: IncomingMessage, answer: ServerResponse): void {
    const { method, url, headers } = asked;
    const onward = request({ host: '127.0.0.1', port: this.tilts.port, method, path: url, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    onward.once('error', () => answer.destroy());
    asked.pipe(onward);
  }
}
