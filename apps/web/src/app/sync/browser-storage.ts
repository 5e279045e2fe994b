import { recallDevice, rememberDevice } from './device-memory';

/** Asks the browser, once on this device, never to clear this site by itself. Null: it does not know such promises. */
export async function askToPersist(accountId: string): Promise<boolean | null> {
  const { storage } = navigator as Partial<Navigator>;
  if (!storage?.persist) return null;
  const isKept = (await storage.persisted()) || (!recallDevice(accountId).asked && (await storage.persist()));
  rememberDevice(accountId, { asked: true });
  return isKept;
}

/** Bytes that this site has taken and may take; null where the browser does not tell. */
export async function spaceTaken(): Promise<{ used: number; of: number } | null> {
  const { storage } = navigator as Partial<Navigator>;
  const space = await storage?.estimate?.().catch(() => undefined);
  return space?.usage !== undefined && space.quota !== undefined ? { used: space.usage, of: space.quota } : null;
}
