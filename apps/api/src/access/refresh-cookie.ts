import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Secrets } from '../platform/secrets.js';
import { SECRETS } from '../platform/settings.js';
import '@fastify/cookie';

// `__Host-`: only over HTTPS or to this machine, only for this host, never set by a neighbour under the same domain.
export const REFRESH_COOKIE = '__Host-tilts';
export const DEVICE_COOKIE = '__Host-tilts-device';
export const STEP_COOKIE = '__Host-tilts-step';

const OPTIONS = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' } as const;
const DAY = 86_400;
const STEP = 600;

/**
 * The cookies of Tilts: the token that renews a session, the mark of a device on which somebody signed in before, and for some
 * minutes the mark of a browser that stands between the two steps of signing in.
 */
@Injectable()
export class Cookies {
  constructor(@Inject(SECRETS) private readonly secrets: Secrets) {}

  newToken(): string {
    return randomBytes(32).toString('base64url');
  }

  /** Always the same for the same token and try, so that a lost answer can be given once more without keeping it. */
  successorOf(token: string, attempt: string): string {
    return this.keyed('successor', token, attempt).toString('base64url');
  }

  /** What is kept: the database alone forges no token. */
  hashOf(token: string): Buffer {
    return this.keyed('token', token);
  }

  tokenOf(request: FastifyRequest): string | undefined {
    return request.cookies[REFRESH_COOKIE];
  }

  giveToken(reply: FastifyReply, token: string): void {
    reply.setCookie(REFRESH_COOKIE, token, { ...OPTIONS, maxAge: 30 * DAY });
  }

  takeToken(reply: FastifyReply): void {
    reply.clearCookie(REFRESH_COOKIE, OPTIONS);
  }

  /**
   * Under which key tries to sign in are delayed: a device on which this account signed in before has its own, so that a
   * stranger who guesses passwords all day slows down strangers only.
   */
  delayKeyOf(request: FastifyRequest, emailToken: Buffer): Buffer {
    const device = this.deviceOf(request, emailToken);
    return device ? this.keyed('delay', emailToken, device) : this.keyed('delay', emailToken);
  }

  /** The same for tries at the second step, which is reached with the right password only. */
  stepDelayKeyOf(request: FastifyRequest, emailToken: Buffer): Buffer {
    return this.keyed('step delay', this.delayKeyOf(request, emailToken));
  }

  /** Tries within a session slow down that session only. */
  proofDelayKeyOf(sessionId: string): Buffer {
    return this.keyed('proof delay', sessionId);
  }

  /** A ticket for the second step; it serves in one browser only, which is marked when it gets the ticket. */
  newTicket(request: FastifyRequest): { ticket: string; browser: string; hash: Buffer } {
    const browser = request.cookies[STEP_COOKIE] ?? this.newToken();
    const ticket = this.newToken();
    return { ticket, browser, hash: this.keyed('ticket', ticket, browser) };
  }

  markBrowser(reply: FastifyReply, browser: string): void {
    reply.setCookie(STEP_COOKIE, browser, { ...OPTIONS, maxAge: STEP });
  }

  /** What is kept of a ticket that comes back. */
  ticketHashOf(request: FastifyRequest, ticket: string): Buffer {
    return this.keyed('ticket', ticket, request.cookies[STEP_COOKIE] ?? '');
  }

  /** What a passkey signs at the second step: as single as the ticket. */
  challengeOf(ticketHash: Buffer): Buffer {
    return this.keyed('ticket challenge', ticketHash);
  }

  giveDevice(request: FastifyRequest, reply: FastifyReply, emailToken: Buffer): void {
    const device = this.deviceOf(request, emailToken) ?? randomBytes(16).toString('base64url');
    const proof = this.keyed('device', emailToken, device).toString('base64url');
    reply.setCookie(DEVICE_COOKIE, `${device}.${proof}`, { ...OPTIONS, maxAge: 365 * DAY });
  }

  private deviceOf(request: FastifyRequest, emailToken: Buffer): string | undefined {
    const [device, proof] = (request.cookies[DEVICE_COOKIE] ?? '').split('.');
    if (!device || !proof) return undefined;
    const given = Buffer.from(proof, 'base64url');
    const wanted = this.keyed('device', emailToken, device);
    return given.length === wanted.length && timingSafeEqual(given, wanted) ? device : undefined;
  }

  private keyed(purpose: string, ...parts: (string | Buffer)[]): Buffer {
    const mac = createHmac('sha256', this.secrets.cookieKey).update(purpose);
    // The length in front keeps ('ab', 'c') and ('a', 'bc') apart.
    for (const part of parts) mac.update(`:${part.length}:`).update(part);
    return mac.digest();
  }
}
