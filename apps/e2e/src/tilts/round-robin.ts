import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that a proxy does: takes turns, and asks the next one when nobody opens. Stands where no Caddy is. */
export class RoundRobin {
  #turn = 0;
  readonly #server: Server;

  private constructor(private readonly ports: readonly number[]) {
    this.#server = createServer((asked, answer) => this.#ask(asked, answer, this.#turn++));
  }

  static async before(ports: readonly number[]): Promise<RoundRobin> {
    const proxy = new RoundRobin(ports);
    await new Promise<void>((opened) => proxy.#server.listen(0, '127.0.0.1', opened));
    return proxy;
  }

  get address(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
  }

  /** `tried`: so many did not open. Each request goes round by itself: others take turns meanwhile. */
  #ask(asked: IncomingMessage, answer: ServerResponse, turn: number, tried = 0): void {
    const port = this.ports[(turn + tried) % this.ports.length];
    const { method, url: path, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer).once('error', () => answer.destroy());
      got.once('error', () => answer.destroy());
    });
    // Only who never opened may be asked again elsewhere: nobody knows what the others did.
    onward.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' && tried + 1 < this.ports.length) this.#ask(asked, answer, turn, tried + 1);
      else if (answer.headersSent) answer.destroy();
      else answer.writeHead(502).end();
    });
    onward.once('socket', (socket) => socket.once('connect', () => asked.pipe(onward)));
  }
}
