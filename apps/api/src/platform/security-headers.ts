import type { FastifyHelmetOptions } from '@fastify/helmet';

/**
 * helmet's headers with the strict policy: everything from our own origin, no inline script or style, DOM sinks only through
 * Trusted Types. `styleNonce` is for the styles that Angular puts into the page while it runs.
 */
export function securityHeaders(styleNonce: string | undefined, publicUrl: string): FastifyHelmetOptions {
  return {
    global: true,
    // A promise for a year, so only for an installation that has HTTPS. A browser keeps it when it came over HTTPS.
    hsts: publicUrl.startsWith('https://') && { maxAge: 31_536_000, includeSubDomains: true },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", ...(styleNonce ? [`'nonce-${styleNonce}'`] : [])],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        // `angular#components` for the inline icons of Angular Material, `tilts-worker` for the address of our one service worker.
        trustedTypes: ['angular', 'angular#components', 'tilts-worker'],
      },
    },
    xFrameOptions: { action: 'deny' },
  };
}

/** What a browser may not ask of the phone on our behalf; not among helmet's. */
export const PERMISSIONS_POLICY = 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()';
