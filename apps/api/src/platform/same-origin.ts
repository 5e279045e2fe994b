import { DomainError } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses what another site makes a browser send: the refresh cookie is SameSite=Strict, and this stands behind it. A caller
 * that is no browser sends neither header and has no cookie to be misused.
 */
export function refuseOtherOrigins(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) {
    if (site !== 'same-origin') throw new DomainError('CROSS_ORIGIN');
    return;
  }
  const { origin, host } = request.headers;
  // Behind a proxy that ends HTTPS our own protocol is http, so the host alone is compared.
  if (origin !== undefined && hostOf(origin) !== host && origin !== new URL(publicUrl).origin)
    throw new DomainError('CROSS_ORIGIN');
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
