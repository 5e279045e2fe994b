import { linesType } from '@tilts/domain';
import { request as httpRequest } from 'node:http';
import { gunzipSync, gzipSync } from 'node:zlib';

/** As long as a phone waits for an answer that does not come. */
const PATIENCE_MS = 20_000;

/** No answer came, or not a whole one: the phone cannot know what became of what it sent. */
export class NoAnswer extends Error {}

/**
 * One request on a connection of its own; `lines`: a batch as a phone packs it.
 * @param {number} port
 * @param {{ method?: string, path: string, token?: string, body?: object, lines?: string }} asked
 * @returns {Promise<{ status: number, body: any }>}
 */
export function request(port, { method = 'GET', path, token, body, lines }) {
  return new Promise((done, fail) => {
    const lost = (error) => fail(new NoAnswer(error.message));
    const text = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    const bytes = lines === undefined ? text : gzipSync(lines);
    const sent = httpRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent: false,
        timeout: PATIENCE_MS,
        headers: {
          'accept-encoding': 'gzip',
          ...(token && { authorization: `Bearer ${token}` }),
          ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.length }),
          ...(lines !== undefined && { 'content-type': linesType, 'content-encoding': 'gzip' }),
        },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', lost);
        answer.on('end', () => {
          if (!answer.complete) return lost(new Error('cut off'));
          const whole = Buffer.concat(chunks);
          try {
            const said = (answer.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString();
            done({ status: answer.statusCode ?? 0, body: said === '' ? undefined : JSON.parse(said) });
          } catch (error) {
            lost(/** @type {Error} */ (error));
          }
        });
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
    sent.on('error', lost);
    sent.end(bytes);
  });
}
