import { Encrypter } from 'age-encryption';
import { keptAnswer, rescueContents, rescueFileName, rescueFormat, syncEndpoints, type RescueKey } from '@tilts/domain';
import { recallDevice } from './device-memory';
import { LocalStore } from './local-store';

/** A file that only the office can open, and how much is in it. */
export interface RescueFile {
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
  things: number;
  drafts: number;
  /** Unsent things that did not fit. */
  left: number;
}

/**
 * Everything of one account that stands on this phone and not at the office, from the store itself: also when nobody is signed in any
 * more. Null: this phone never heard for whom to encrypt. Loaded when it is asked for, with the library that encrypts.
 */
export async function makeRescueFile(accountId: string, now = new Date().toISOString()): Promise<RescueFile | null> {
  const store = await LocalStore.open(accountId);
  try {
    const kept = await store.read();
    const key = keptAnswer(kept, syncEndpoints.rescueKey);
    if (!key) return null;
    // What the office knows of drafts already comes from there.
    const drafts = kept.drafts
      .filter(({ unsent }) => unsent === 'kept' || unsent === 'refused')
      .map(({ draft }) => draft);
    const { generation } = kept.office;
    const phone = {
      accountId,
      deviceId: await store.device(recallDevice(accountId).device),
      generation,
      numbered: kept.numbered,
      drafts,
    };
    const { contents, left } = rescueContents(kept.entries, phone, now);
    const bytes = await closed(JSON.stringify(contents), key);
    return { name: rescueFileName(now), bytes, things: contents.things.length, drafts: drafts.length, left };
  } finally {
    store.close();
  }
}

async function closed(contents: string, { recipient, proof }: RescueKey): Promise<Uint8Array<ArrayBuffer>> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const envelope = { format: rescueFormat, contents, proof: await written(contents, proof) };
  // A new array of bytes, shared with no thread.
  return (await encrypter.encrypt(JSON.stringify(envelope))) as Uint8Array<ArrayBuffer>;
}

async function written(contents: string, proof: string): Promise<string> {
  const secret = Uint8Array.from(atob(proof.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(contents)));
  return btoa(String.fromCharCode(...mac))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}
