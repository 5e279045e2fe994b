// A slow network of our own between a phone and the app: everything takes its time, in both directions, and every byte is counted.
import { connect, createServer } from 'node:net';

/** What a packet carries. One at a time is on the line, whichever connection it belongs to. */
const PACKET = 1_460;
/** Bytes that wait for the line before a sender must wait too, as in the buffer of a socket. */
const WAITING = 65_536;

/**
 * Serves 127.0.0.1:`port` and passes everything on to 127.0.0.1:`target`. Opening a connection takes a round trip, every byte half of one
 * and its share of the line.
 * @param {number} target
 * @param {{ kbitPerSecond?: number, roundTripMs?: number }} [line]
 */
export async function openLink(target, { kbitPerSecond = 400, roundTripMs = 400 } = {}) {
  const line = { bytesPerMs: kbitPerSecond / 8, delayMs: roundTripMs / 2 };
  const [up, down] = [new Direction(line), new Direction(line)];
  const open = new Set();
  const counted = { connections: 0 };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    counted.connections += 1;
    const far = connect({ host: '127.0.0.1', port: target, allowHalfOpen: true, noDelay: true });
    const ends = [near, far];
    for (const end of ends) {
      open.add(end);
      end.on('error', () => ends.forEach((one) => one.destroy()));
      // What one end said before it left may still be on the way to the other.
      end.on('close', () => open.delete(end));
    }
    up.carry(near, far, performance.now() + roundTripMs);
    down.carry(far, near, 0);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return {
    port,
    /** Since the link was opened, or since `forget()`: bytes that went up to the app and came down from it, connections that were opened. */
    get carried() {
      return { up: up.bytes, down: down.bytes, connections: counted.connections };
    },
    forget() {
      up.bytes = down.bytes = counted.connections = 0;
    },
    async close() {
      for (const end of open) end.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** One direction of the line, shared by all connections. */
class Direction {
  bytes = 0;
  #freeAt = 0;
  #line;

  constructor(line) {
    this.#line = line;
  }

  /** `from` is heard no earlier than `readyAt`: before that its connection does not stand. */
  carry(from, to, readyAt) {
    let waiting = 0;
    const onTheWay = [];
    const later = (at, what) => {
      onTheWay.push(what);
      // Timers of one millisecond may fire in any order; what was sent first comes first.
      setTimeout(() => onTheWay.shift()(), Math.max(0, Math.ceil(at - performance.now())));
    };
    from.on('data', (bytes) => {
      for (let at = 0; at < bytes.length; at += PACKET) {
        const packet = bytes.subarray(at, at + PACKET);
        waiting += packet.length;
        later(this.#sent(packet.length, readyAt) + this.#line.delayMs, () => {
          waiting -= packet.length;
          if (!to.destroyed) to.write(packet);
          if (waiting < WAITING && from.isPaused()) from.resume();
        });
      }
      if (waiting >= WAITING) from.pause();
    });
    from.on('end', () =>
      later(Math.max(performance.now(), this.#freeAt, readyAt) + this.#line.delayMs, () => to.end()),
    );
  }

  /** When the last byte of a packet has left. */
  #sent(length, readyAt) {
    this.bytes += length;
    const begins = Math.max(performance.now(), this.#freeAt, readyAt);
    this.#freeAt = begins + length / this.#line.bytesPerMs;
    return this.#freeAt;
  }
}
