/** Injection tokens of what the surroundings decide: `@Inject(ENVIRONMENT) environment: Environment`, `@Inject(SECRETS) secrets: Secrets`. */
export const ENVIRONMENT = Symbol('environment');
export const SECRETS = Symbol('secrets');
