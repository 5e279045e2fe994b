import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The built web app, served by the same process on the same port. */
export interface WebBuild {
  readonly root: string;
  /** The nonce of its styles; fixed per build, since a nonce per request would change index.html under the service worker. */
  readonly styleNonce: string | undefined;
  sendIndex(reply: FastifyReply): FastifyReply;
}

/** Injection token; undefined while nobody built the web app (API specs, `npm run dev`). */
export const WEB_BUILD = Symbol('web build');

// The same from src and from dist.
const DEFAULT_ROOT = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** File names that carry a hash of their content, `chunk-9JgfF-i9.js`: they never change. A word like `-language` is no hash. */
const HASHED = /-(?=[\w-]*[A-Z0-9])[\w-]{8}\.(?:js|css|woff2?)$/;

export function findWebBuild(root = DEFAULT_ROOT): WebBuild | undefined {
  const index = `${root}/index.html`;
  if (!existsSync(index)) return undefined;
  const styleNonce = /ngCspNonce="([^"]+)"/i.exec(readFileSync(index, 'utf8'))?.[1];
  return {
    root,
    styleNonce,
    sendIndex: (reply) => reply.code(200).header('cache-control', 'no-cache').sendFile('index.html'),
  };
}

export async function serveWebBuild(server: FastifyInstance, { root }: WebBuild): Promise<void> {
  await server.register(fastifyStatic, {
    root,
    dotfiles: 'ignore',
    cacheControl: false,
    // What the build left compressed travels as it is: brotli at its best level is too slow for a request.
    preCompressed: true,
    setHeaders: (response, path) => {
      const forever = HASHED.test(path.replace(/\.(br|gz)$/, ''));
      void response.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}
