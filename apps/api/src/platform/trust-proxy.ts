import { isIP } from 'node:net';

/** A network this wide or wider is everybody, whatever it is called. Bits of the prefix. */
const WIDEST = { 4: 8, 6: 32 } as const;
const LOOPBACK = 'loopback';

/**
 * Whose `X-Forwarded-*` headers are believed: addresses or networks (CIDR) of the proxy, or `loopback`. Never a number of hops
 * and never everybody: a stranger would otherwise write their own address and host.
 */
export function readTrustProxy(text: string | undefined, problems: string[]): readonly string[] {
  const entries = (text ?? '').split(',').map((entry) => entry.trim());
  const named = entries.filter((entry) => entry !== '' && entry !== 'off');
  for (const entry of named) {
    if (entry !== LOOPBACK && !isNetwork(entry))
      problems.push(
        `TRUST_PROXY must be "loopback", or addresses or networks of the proxy (10.9.0.2, 172.30.70.0/24), not "${entry}".`,
      );
    else if (isTooWide(entry)) problems.push(`TRUST_PROXY must name the proxy; ${entry} is nearly everybody.`);
  }
  return named;
}

function isNetwork(entry: string): boolean {
  const [address = '', bits] = entry.split('/');
  const family = isIP(address);
  return family !== 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

function isTooWide(entry: string): boolean {
  const [address = '', bits] = entry.split('/');
  if (bits === undefined) return address === '0.0.0.0' || address === '::';
  return Number(bits) < (isIP(address) === 4 ? WIDEST[4] : WIDEST[6]);
}
