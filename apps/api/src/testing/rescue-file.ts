import { createHmac } from 'node:crypto';
import { Encrypter } from 'age-encryption';
import {
  newId,
  rescueFormat,
  syncEndpoints,
  type Command,
  type RescueContents,
  type RescueKey,
  type RescueUpload,
} from '@tilts/domain';
import type { Somebody } from '../test-app.js';

/** What stands in a file, as stated. */
export function contentsOf(accountId: string, commands: readonly Command[], stated: Partial<RescueContents> = {}) {
  return {
    format: rescueFormat,
    accountId,
    deviceId: newId(),
    generation: null,
    numbered: commands.length,
    madeAt: new Date().toISOString(),
    things: commands.map((command) => ({ command, state: 'waiting' as const, code: null })),
    drafts: [],
    ...stated,
  } satisfies RescueContents;
}

/** As a phone closes it, which has its key from before. */
export async function closed(
  contents: object,
  { recipient, proof }: Pick<RescueKey, 'recipient' | 'proof'>,
): Promise<RescueUpload> {
  const text = JSON.stringify(contents);
  const written = createHmac('sha256', Buffer.from(proof, 'base64url')).update(text).digest('base64url');
  return encrypted(JSON.stringify({ format: rescueFormat, contents: text, proof: written }), recipient);
}

export async function encrypted(text: string, recipient: string): Promise<RescueUpload> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  return { file: Buffer.from(await encrypter.encrypt(text)).toString('base64') };
}

/** A file of somebody's phone. */
export async function rescueFileOf(
  mediator: Somebody,
  commands: readonly Command[],
  stated: Partial<RescueContents> = {},
): Promise<RescueUpload> {
  const key = await mediator.call(syncEndpoints.rescueKey);
  return closed(contentsOf(await mediator.id(), commands, stated), key);
}
