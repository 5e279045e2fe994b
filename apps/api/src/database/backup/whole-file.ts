import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { BackupRefused, codeOf, isNoRoom } from './refused.js';

const UNWRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EIO'];

/** A file that is there whole or not at all, also after a power cut, and that only its owner reads. Never over another one. */
export async function writeWhole(
  file: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  const folder = dirname(file);
  if (existsSync(file)) throw new BackupRefused(`${file} is there already`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const unfinished = unfinishedNameOf(file);
    try {
      const bytes = await write(unfinished, source);
      await rename(unfinished, file);
      await syncFolder(folder);
      return bytes;
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  } catch (error) {
    if (isNoRoom(error))
      throw new BackupRefused(`There is no room left in ${folder}; nothing was written`, { cause: error });
    const code = codeOf(error);
    if (code && UNWRITABLE.includes(code))
      throw new BackupRefused(`${folder} cannot be written to (${code})`, { cause: error });
    throw error;
  }
}

/** What a killed backup leaves behind; the next one of that name begins it anew. */
export function unfinishedNameOf(file: string): string {
  return join(dirname(file), `.${basename(file)}.unfinished`);
}

async function write(file: string, source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
  const handle = await open(file, 'w', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of source) {
      // Of a file handle this goes on from where the last one ended, and never stops half-way.
      await handle.writeFile(chunk);
      bytes += chunk.byteLength;
    }
    await handle.sync();
    return bytes;
  } finally {
    await handle.close();
  }
}

export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
