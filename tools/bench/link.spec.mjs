import { randomBytes } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { openLink } from './link.mjs';

/** Answers each connection with what it said, once it has said all. */
async function echo() {
  const server = createServer({ allowHalfOpen: true }, async (socket) => {
    const said = [];
    for await (const bytes of socket) said.push(bytes);
    socket.end(Buffer.concat(said));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  return server;
}

function say(port, bytes) {
  return new Promise((answered, fail) => {
    const heard = [];
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true }, () => socket.end(bytes));
    socket.on('data', (part) => heard.push(part));
    socket.on('error', fail);
    socket.on('close', () => answered(Buffer.concat(heard)));
  });
}

describe('The slow line of the bench', () => {
  it('carries every byte in its order, both ways, and counts them', async () => {
    const server = await echo();
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const link = await openLink(port, { kbitPerSecond: 40_000, roundTripMs: 4 });
    try {
      const words = [300_000, 70_000, 1].map((length) => randomBytes(length));
      const heard = await Promise.all(words.map((bytes) => say(link.port, bytes)));
      expect(heard.map((bytes, i) => bytes.equals(words[i]))).toEqual([true, true, true]);
      expect(link.carried).toEqual({ up: 370_001, down: 370_001, connections: 3 });
    } finally {
      await link.close();
      server.close();
    }
  });
});
