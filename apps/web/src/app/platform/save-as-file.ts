import { mediaTypes, type FileKind } from '@tilts/domain';

/** Hands a file to the browser to keep. */
export function saveAsFile(name: string, kind: FileKind, content: string | Uint8Array): void {
  // The bytes of an answer are never shared between threads, which is all that the wider type allows for.
  const parts = [content as string | Uint8Array<ArrayBuffer>];
  const address = URL.createObjectURL(new Blob(parts, { type: mediaTypes[kind] }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.${kind}`;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
