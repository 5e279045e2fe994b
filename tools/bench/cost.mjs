// CPU of processes as the kernel counts it (Linux): the server that is measured, and every process of its PostgreSQL.
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

// The kernel counts in hundredths of a second on every Linux that Node runs on.
const TICK_MS = 10;

function statOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything; counting begins behind it.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1], own: fields[11] + fields[12], ended: fields[13] + fields[14] };
  } catch {
    return undefined;
  }
}

/** Milliseconds spent so far by a server's own process, and by the database with all its backends (also those that ended). */
export function cpuOf({ pid, postmaster }) {
  const server = statOf(pid);
  const database = statOf(postmaster);
  if (!server || !database) throw new Error('A process that is measured has ended');
  let ticks = database.own + database.ended;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = statOf(name);
    if (stat?.parent === postmaster) ticks += stat.own + stat.ended;
  }
  return { server: server.own * TICK_MS, database: ticks * TICK_MS };
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/**
 * One request over a kept connection; anything but success ends the run, since a refusal would look fast.
 * @param {number} port
 * @param {{ method?: string, path: string, token?: string, body?: object }} asked
 * @returns {Promise<string>}
 */
export function ask(port, { method = 'GET', path, token, body }) {
  return new Promise((done, fail) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        agent,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('error', fail);
        answer.on('end', () => {
          const said = Buffer.concat(chunks).toString();
          if ((answer.statusCode ?? 500) < 400) done(said);
          else fail(new Error(`${method} ${path} was answered with ${answer.statusCode}: ${said.slice(0, 300)}`));
        });
      },
    );
    sent.on('error', fail);
    sent.end(text);
  });
}

/** CPU in milliseconds for one piece of work, from `count` of them done by `callers` at a time. */
export async function costOf(server, count, work, callers = 4) {
  let next = 0;
  const before = cpuOf(server);
  const one = async () => {
    while (next < count) await work((next += 1));
  };
  await Promise.all(Array.from({ length: Math.min(callers, count) }, one));
  const after = cpuOf(server);
  const [own, database] = [(after.server - before.server) / count, (after.database - before.database) / count];
  return { own, database, all: own + database };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
