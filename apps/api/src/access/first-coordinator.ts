import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type FirstCoordinator, type FirstCoordinatorView } from '@tilts/domain';
import { sourceLanguage } from '@tilts/i18n';
import { Seals } from '../database/seals.js';
import type { Environment } from '../platform/environment.js';
import type { Secrets } from '../platform/secrets.js';
import { ENVIRONMENT, SECRETS } from '../platform/settings.js';
import { sealAccount } from './accounts.js';
import { BeforeSession } from './before-session.js';

const DAY = 86_400_000;

/**
 * The token of the one-time link: its last moment, signed. Nothing has to be kept: it can only be used while nobody has an
 * account, so using it ends it, and all other links with it.
 */
export function firstCoordinatorToken(secrets: Secrets, now: Date): string {
  const until = String(now.getTime() + DAY);
  // „.” would make the end of the link look like that of a file.
  return `${until}~${sign(secrets, until).toString('base64url')}`;
}

function isValid(secrets: Secrets, token: string, now: Date): boolean {
  const [until = '', signature = ''] = token.split('~');
  const given = Buffer.from(signature, 'base64url');
  const wanted = sign(secrets, until);
  return given.length === wanted.length && timingSafeEqual(given, wanted) && Number(until) > now.getTime();
}

function sign(secrets: Secrets, until: string): Buffer {
  return createHmac('sha256', secrets.cookieKey).update(`first coordinator:${until}`).digest();
}

/** Turns the link of an empty installation into its first account. Whatever is wrong with the link, it does not exist. */
@Injectable()
export class FirstCoordinators {
  constructor(
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly seals: Seals,
    private readonly before: BeforeSession,
  ) {}

  async look(token: string): Promise<FirstCoordinatorView> {
    if (!isValid(this.secrets, token, new Date()) || !(await this.before.isEmpty())) throw new DomainError('NOT_FOUND');
    return { controllerName: this.environment.controllerName ?? null };
  }

  async create({ token, name, email, password, controllerName }: FirstCoordinator): Promise<void> {
    if (!isValid(this.secrets, token, new Date())) throw new DomainError('NOT_FOUND');
    const named = this.environment.controllerName;
    if (!named && !controllerName)
      throw new DomainError('INVALID_INPUT', {}, [{ field: 'controllerName', code: 'required' }]);
    const account = await sealAccount(this.seals, {
      role: 'coordinator',
      language: sourceLanguage,
      name,
      email,
      password,
    });
    // What the surroundings say stands above what is typed, and was written down at the start (greeting.ts).
    const made = await this.before.createFirstCoordinator(account, named ? null : (controllerName ?? null));
    if (!made) throw new DomainError('NOT_FOUND');
  }
}
