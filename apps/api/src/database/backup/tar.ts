/** One file within a tar stream, small enough to be held in memory. */
export interface TarEntry {
  readonly name: string;
  readonly body: Buffer;
}

const BLOCK = 512;
/** Bytes. Tables are cut into much smaller parts; whatever is bigger was not made by us. */
const LARGEST_ENTRY = 64 * 1024 * 1024;
const NAME_BYTES = 100;

/** Files as a POSIX tar stream, which every system can unpack without Tilts. */
export async function* tar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Buffer> {
  for await (const { name, body } of entries) {
    yield headerOf(name, body.length);
    yield body;
    yield Buffer.alloc(padding(body.length));
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** Reads such a stream to its very end. Throws when it is cut, or is no tar of ours. */
export async function* untar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  for (;;) {
    const header = await bytes.take(BLOCK);
    if (header.every((byte) => byte === 0)) break;
    const { name, size } = parseHeader(header);
    const body = await bytes.take(size);
    await bytes.take(padding(size));
    yield { name, body };
  }
  await bytes.drain();
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function headerOf(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > NAME_BYTES) throw new Error(`${name} is too long for tar`);
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0);
  header.write('0000600\0', 100);
  header.write('0000000\0', 108);
  header.write('0000000\0', 116);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('0', 156);
  header.write('ustar\0' + '00', 257);
  header.write(`${sumOf(header).toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

/** The sum of all bytes, those of the sum itself read as blanks. */
function sumOf(header: Buffer): number {
  return header.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);
}

function parseHeader(header: Buffer): { name: string; size: number } {
  const text = (from: number, length: number): string =>
    header.toString('latin1', from, from + length).replace(/[\0 ].*$/s, '');
  const size = Number.parseInt(text(124, 12), 8);
  if (text(257, 5) !== 'ustar' || Number.parseInt(text(148, 8), 8) !== sumOf(header))
    throw new Error('a header is damaged');
  if (!(size >= 0 && size <= LARGEST_ENTRY)) throw new Error('a part is larger than any that we write');
  return { name: text(0, NAME_BYTES), size };
}

/** Takes a stream apart into pieces of the wanted length. */
class Bytes {
  private readonly source: AsyncIterator<Uint8Array>;
  private held: Buffer[] = [];
  private length = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]();
  }

  async take(wanted: number): Promise<Buffer> {
    while (this.length < wanted) {
      const { done, value } = await this.source.next();
      if (done) throw new Error('the stream ends too early');
      this.held.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
      this.length += value.byteLength;
    }
    const all = this.held.length === 1 && this.held[0] ? this.held[0] : Buffer.concat(this.held);
    this.held = [all.subarray(wanted)];
    this.length = all.length - wanted;
    return all.subarray(0, wanted);
  }

  async drain(): Promise<void> {
    while (!(await this.source.next()).done);
  }
}
