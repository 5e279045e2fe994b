// What this browser remembers beside the store, in another place: numbers only, nothing about anybody. When the store comes back with less
// than this says, something was lost, and the person is told.

/** What was written here for one account. */
export interface DeviceMemory {
  /** By which the office knows this device. */
  device: string | null;
  /** The highest number that was given to a command. */
  numbered: number;
  /** Numbers of commands that were not at the office. */
  open: readonly number[];
  /** Things that came by a rescue file and of which its person has not read yet. */
  rescued: number;
  /** Whether the browser was asked to keep the store. */
  asked: boolean;
}

const nothing: DeviceMemory = { device: null, numbered: 0, open: [], rescued: 0, asked: false };
const accountKey = 'tilts.phone';
const memoryKey = (accountId: string): string => `tilts.phone.${accountId}`;

export function recallDevice(accountId: string): DeviceMemory {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(memoryKey(accountId)) ?? '{}') as Partial<DeviceMemory>) };
  } catch {
    return nothing;
  }
}

export function rememberDevice(accountId: string, known: Partial<DeviceMemory>): void {
  const before = recallDevice(accountId);
  const isSame = known.device === undefined || known.device === before.device;
  // Another tab may have given higher ones.
  const numbered = Math.max(isSame ? before.numbered : 0, known.numbered ?? 0);
  write(memoryKey(accountId), JSON.stringify({ ...before, ...known, numbered }));
}

/** Whose copy a missing network may open. */
export function accountHere(): string | null {
  try {
    return localStorage.getItem(accountKey);
  } catch {
    return null;
  }
}

export function rememberAccount(accountId: string | null): void {
  write(accountKey, accountId);
}

// A browser that keeps nothing cannot tell later that it lost something.
function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
