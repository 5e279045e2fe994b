import { createSecretKey } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { PassportStrategy } from '@nestjs/passport';
import { DomainError, roles, type Role } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Secrets } from '../platform/secrets.js';
import { SECRETS } from '../platform/settings.js';

/** Name of the passport strategy. */
export const ACCESS_TOKEN = 'access-token';
/** Seconds. A stolen token is worth no more than this; revoking a session acts at once, since row security asks the session. */
export const ACCESS_TOKEN_LIFE = 300;

// Pinned: a token that names another algorithm (or none) is refused.
const ALGORITHM = 'HS256';
const ISSUER = 'tilts';
const AUDIENCE = 'tilts-api';

/** Who asks: the session that their access token names. */
export interface Caller {
  sessionId: string;
  role: Role;
}

/** The caller that the guard found; only behind an endpoint that is not public. */
export function callerOf(request: FastifyRequest): Caller {
  return (request as FastifyRequest & { user: Caller }).user;
}

/** Makes the token that a browser keeps in memory and shows with each request. It names a session, never a person. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;

  constructor(@Inject(SECRETS) secrets: Secrets) {
    this.jwt = new JwtService({
      secret: secrets.tokenKey,
      signOptions: { algorithm: ALGORITHM, issuer: ISSUER, audience: AUDIENCE, expiresIn: ACCESS_TOKEN_LIFE },
    });
  }

  make(caller: Caller): Promise<string> {
    return this.jwt.signAsync({ sid: caller.sessionId, role: caller.role });
  }

  /** Before the guard, where a body is so large that no stranger's is read: throws when nobody shows a token of ours. */
  async requireOurs({ headers: { authorization = '' } }: Pick<FastifyRequest, 'headers'>): Promise<void> {
    const [, token = ''] = /^Bearer (\S{1,2000})$/i.exec(authorization) ?? [];
    const rules = { issuer: ISSUER, audience: AUDIENCE, maxAge: ACCESS_TOKEN_LIFE };
    await this.jwt.verifyAsync(token, { ...rules, algorithms: [ALGORITHM] }).catch(() => {
      throw new DomainError('SIGN_IN_NEEDED');
    });
  }
}

/** Reads that token. */
@Injectable()
export class TokenStrategy extends PassportStrategy(Strategy, ACCESS_TOKEN) {
  constructor(@Inject(SECRETS) secrets: Secrets) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      // Given plain bytes, jsonwebtoken tries at each request whether they are a public key; its types know no KeyObject.
      secretOrKey: createSecretKey(secrets.tokenKey) as unknown as Buffer,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      jsonWebTokenOptions: { maxAge: ACCESS_TOKEN_LIFE },
    });
  }

  validate(payload: { sid?: unknown; role?: unknown }): Caller | false {
    return typeof payload.sid === 'string' && roles.has(payload.role) && { sessionId: payload.sid, role: payload.role };
  }
}
