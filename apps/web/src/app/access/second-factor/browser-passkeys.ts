// The browser's own passkey dialogs, loaded when the first one is opened. A refusal (no such passkey, closed, not supported) rejects.

/** What the browser answers to the options that a passkey is made with. */
export async function makePasskey(options: string): Promise<string> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return JSON.stringify(await startRegistration({ optionsJSON: JSON.parse(options) as never }));
}

/** What it answers to the options that a passkey is asked with. */
export async function showPasskey(options: string): Promise<string> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return JSON.stringify(await startAuthentication({ optionsJSON: JSON.parse(options) as never }));
}

/** The browser closed its dialog without a passkey; nobody is to blame, and another way is beside it. */
export class NoPasskey extends Error {
  constructor(cause: unknown) {
    super('The browser gave no passkey', { cause });
    this.name = 'NoPasskey';
  }
}
