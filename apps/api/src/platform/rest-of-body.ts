import type { IncomingMessage } from 'node:http';

/** As much as the proxy lets through (Caddyfile). Bytes. */
const AT_MOST = 10_000_000;
const AT_LONGEST = 10_000;

/**
 * Reads what nobody wanted of a request that was refused. A connection that is closed while its other side still sends is reset, and the
 * answer is lost with it; to a proxy this process would be broken, and it would send it nobody for a while.
 */
export async function readRestOfBody(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return;
  let read = 0;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, AT_LONGEST);
    const end = (): void => {
      clearTimeout(timer);
      done();
    };
    request.on('data', (part: Buffer) => {
      read += part.length;
      if (read > AT_MOST) end();
    });
    request.once('end', end).once('close', end);
  });
}
