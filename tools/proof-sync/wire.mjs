import { connect, createServer } from 'node:net';

/** A stretch of network of our own: carries bytes, and is cut after exactly so many of them in one direction. */
export class Wire {
  /** For the connections that come next; Infinity is never. */
  cutUp = Infinity;
  cutDown = Infinity;
  /** Whether a connection was cut since this was last set to false. */
  wasCut = false;
  #server;
  #open = new Set();

  /** `target` is asked at every connection: what stands behind may have moved to another port. */
  static async to(target) {
    const wire = new Wire();
    wire.#server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => wire.#carry(near, target()));
    await new Promise((listening) => wire.#server.listen(0, '127.0.0.1', listening));
    return wire;
  }

  get port() {
    return this.#server.address().port;
  }

  #carry(near, port) {
    const far = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    const ends = [near, far];
    const { cutUp, cutDown } = this;
    const cut = () => {
      this.wasCut = true;
      for (const end of ends) end.destroy();
    };
    for (const end of ends) {
      this.#open.add(end);
      // A cable has no opinion: each end learns from its own socket.
      end.on('error', () => ends.forEach((one) => one.destroy()));
      end.on('close', () => {
        this.#open.delete(end);
        ends.forEach((one) => one.destroy());
      });
    }
    if (cutUp === 0 || cutDown === 0) this.#silent(near, far, cutUp, cut);
    else {
      pass(near, far, cutUp, cut);
      pass(far, near, cutDown, cut);
    }
  }

  /** Nothing at all gets through in one direction. */
  #silent(near, far, cutUp, cut) {
    if (cutUp === 0) near.once('data', cut);
    else {
      near.on('data', (bytes) => far.write(bytes));
      far.once('data', cut);
    }
  }

  async close() {
    for (const end of this.#open) end.destroy();
    await new Promise((closed) => this.#server.close(closed));
  }
}

function pass(from, to, limit, cut) {
  let carried = 0;
  from.on('data', (bytes) => {
    if (carried >= limit) return;
    const part = bytes.subarray(0, limit - carried);
    carried += part.length;
    // Those bytes did get there; only then the cable breaks.
    const ready = to.write(part, carried >= limit ? () => setTimeout(cut, 1) : undefined);
    if (!ready) {
      from.pause();
      to.once('drain', () => from.resume());
    }
  });
  from.on('end', () => carried < limit && to.end());
}
