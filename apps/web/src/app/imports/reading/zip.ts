import { FileProblem } from './file-problem';

/** Bytes that one part, and all parts together, may unfold to: a list of 1,000 rows needs a tenth. */
const PART_LIMIT = 12_000_000;
const WHOLE_LIMIT = 30_000_000;
const PARTS_LIMIT = 500;

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  name: string;
  method: number;
  packed: Uint8Array<ArrayBuffer>;
}

/**
 * The parts of a zip that are wanted, unfolded by the browser itself and no further than the limits: a zip of kilobytes may hold
 * gigabytes. What its directory says about sizes is not believed.
 */
export async function unzip(
  file: Uint8Array<ArrayBuffer>,
  wanted: (name: string) => boolean,
  progress: (share: number) => void = () => undefined,
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const entries = directoryOf(file).filter(({ name }) => wanted(name));
  const all = entries.reduce((sum, { packed }) => sum + packed.length, 0);
  const parts = new Map<string, Uint8Array<ArrayBuffer>>();
  let [read, unfolded] = [0, 0];
  for (const { name, method, packed } of entries) {
    const part = await unfold(packed, method, Math.min(PART_LIMIT, WHOLE_LIMIT - unfolded));
    unfolded += part.length;
    read += packed.length;
    parts.set(name, part);
    progress(read / all);
  }
  return parts;
}

/** A zip of these parts as they are, for a reader that would unfold them without a limit. */
export function zipOf(parts: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const names = [...parts].map(([name, part]) => ({ name: new TextEncoder().encode(name), part }));
  const size = names.reduce((sum, { name, part }) => sum + 76 + 2 * name.length + part.length, 22);
  const zip = new Uint8Array(size);
  const view = new DataView(zip.buffer);
  let at = 0;
  const starts: number[] = [];
  for (const { name, part } of names) {
    starts.push(at);
    view.setUint32(at, LOCAL, true);
    view.setUint32(at + 18, part.length, true);
    view.setUint32(at + 22, part.length, true);
    view.setUint16(at + 26, name.length, true);
    zip.set(name, at + 30);
    zip.set(part, at + 30 + name.length);
    at += 30 + name.length + part.length;
  }
  const directory = at;
  for (const [i, { name, part }] of names.entries()) {
    view.setUint32(at, ENTRY, true);
    view.setUint32(at + 20, part.length, true);
    view.setUint32(at + 24, part.length, true);
    view.setUint16(at + 28, name.length, true);
    view.setUint32(at + 42, starts[i] ?? 0, true);
    zip.set(name, at + 46);
    at += 46 + name.length;
  }
  view.setUint32(at, END_OF_DIRECTORY, true);
  view.setUint16(at + 8, names.length, true);
  view.setUint16(at + 10, names.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return zip;
}

/** The directory stands at the end of a zip (APPNOTE.TXT 4.3.12, 4.3.16). */
function directoryOf(file: Uint8Array<ArrayBuffer>): Entry[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    let end = file.length - 22;
    while (end >= 0 && view.getUint32(end, true) !== END_OF_DIRECTORY) end -= 1;
    if (end < 0) throw new FileProblem('unreadable');
    const count = view.getUint16(end + 10, true);
    if (count > PARTS_LIMIT) throw new FileProblem('tooMuchInside');
    let at = view.getUint32(end + 16, true);
    return Array.from({ length: count }, () => {
      if (view.getUint32(at, true) !== ENTRY) throw new FileProblem('unreadable');
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true)) as [
        number,
        number,
        number,
      ];
      const name = new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameLength));
      const start = view.getUint32(at + 42, true);
      const body = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
      const entry = {
        name,
        method: view.getUint16(at + 10, true),
        packed: file.subarray(body, body + view.getUint32(at + 20, true)),
      };
      at += 46 + nameLength + extra + comment;
      return entry;
    });
  } catch (error) {
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
}

async function unfold(
  packed: Uint8Array<ArrayBuffer>,
  method: number,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (method === STORED) {
    if (packed.length > limit) throw new FileProblem('tooMuchInside');
    return packed;
  }
  if (method !== DEFLATED) throw new FileProblem('unreadable');
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > limit) throw new FileProblem('tooMuchInside');
      pieces.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof FileProblem ? error : new FileProblem('unreadable');
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
