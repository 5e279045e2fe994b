/**
 * Accounts of which something was written on this device that the server had not got when they were here last. Told by what `sync`
 * remembers beside its store (device-memory.ts): at the door nobody opens the store, nor loads what could.
 */
export function accountsWithUnsent(): string[] {
  try {
    return Object.entries(localStorage).flatMap(([key, text]: [string, string]) => {
      const [, account] = /^tilts\.phone\.([0-9a-f-]{36})$/.exec(key) ?? [];
      const { open } = (account ? JSON.parse(text) : {}) as { open?: unknown };
      return account && Array.isArray(open) && open.length > 0 ? [account] : [];
    });
  } catch {
    return [];
  }
}
