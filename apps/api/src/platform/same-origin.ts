import { DomainError } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses what another site makes a browser send: the refresh cookie is SameSite=Strict, and this stands behind it. A caller
 * that is no browser sends neither header and has no cookie to be misused.
 */
export function refuseOtherOrigins(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (site !== undefined && site !== 'same-origin') throw new DomainError('CROSS_ORIGIN');
  if (origin !== undefined && !isOurs(origin, site, request, publicUrl)) throw new DomainError('CROSS_ORIGIN');
}

/**
 * Behind HTTPS there is one address, whatever `Host` says: a name that somebody else lets point to us is not ours. Without it
 * (this machine only) people type localhost or 127.0.0.1, and the browser's own word counts. `request.host` is what a proxy
 * says only where TRUST_PROXY names it.
 */
function isOurs(origin: string, site: string | undefined, request: FastifyRequest, publicUrl: string): boolean {
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  if (own.protocol === 'https:') return false;
  return site === 'same-origin' || (URL.canParse(origin) && new URL(origin).host === request.host);
}
