import { createReadStream } from 'node:fs';
import { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter } from 'age-encryption';
import { BackupRefused, codeOf } from './refused.js';

const BEGINS = 'age-encryption.org/v1\n';
/** What age itself takes: a second of work and 256 MB for each guess. */
const WORK = 18;

/** Encrypts a stream so that only the holder of the identity reads it; the program `age` opens it as well. */
export async function* encryptFor(recipient: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  yield* await encrypter.encrypt(ReadableStream.from(source));
}

/** What of a file is written in plain; throws in one line when the file is another kind, was altered, or is for somebody else. */
export async function* decryptFile(file: string, identity: string): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  try {
    yield* await decrypter.decrypt(ReadableStream.from(beginningAsAge(file, source)));
  } catch (error) {
    throw refusalOf(file, error);
  } finally {
    source.destroy();
  }
}

/** A small secret under a passphrase. Specs take less `work`. */
export async function lock(passphrase: string, plain: Uint8Array, work = WORK): Promise<Buffer> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(work);
  return Buffer.from(await encrypter.encrypt(plain));
}

/** `name` is what a refusal calls it. */
export async function unlock(passphrase: string, locked: Buffer, name: string): Promise<Buffer> {
  if (!locked.toString('latin1', 0, BEGINS.length).startsWith(BEGINS))
    throw new BackupRefused(`${name} is no age file`);
  if (locked.toString('latin1', BEGINS.length).startsWith('-> X25519 '))
    throw new BackupRefused(`${name} is no key bundle: is it the archive?`);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return Buffer.from(await decrypter.decrypt(locked));
  } catch (error) {
    if (/no identity matched/.test(String(error)))
      throw new BackupRefused(`The passphrase does not open ${name}; or its beginning was altered`, { cause: error });
    throw new BackupRefused(`${name} is cut or was altered`, { cause: error });
  }
}

async function* beginningAsAge(file: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let first = true;
  for await (const chunk of source) {
    if (first && !Buffer.from(chunk.subarray(0, BEGINS.length)).toString('latin1').startsWith(BEGINS))
      throw new BackupRefused(`${file} is no backup of Tilts, or its beginning was altered`);
    first = false;
    yield chunk;
  }
  if (first) throw new BackupRefused(`${file} is empty`);
}

function refusalOf(file: string, error: unknown): unknown {
  if (error instanceof BackupRefused) return error;
  const code = codeOf(error);
  if (code === 'ENOENT') return new BackupRefused(`${file} is not there`);
  if (code === 'EACCES' || code === 'EISDIR') return new BackupRefused(`${file} cannot be read (${code})`);
  if (/no identity matched/.test(String(error))) {
    return new BackupRefused(
      `${file} was not made for this key bundle: take the bundle of the same installation (or the archive's beginning was altered)`,
      { cause: error },
    );
  }
  return new BackupRefused(`${file} is cut or was altered: nothing of it can be trusted`, { cause: error });
}
