import { DomainError } from '../errors/domain-error.js';
import { chanceWithoutNumber, idLike } from '../fields/id.js';
import { longestContent } from './command.js';

/** Stands in a text where an id was taken out. For a mark that was in the text itself an empty code is kept. */
const mark = '~';
const idsAndMarks = /~|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
/** Milliseconds from when it was made to its command, and its chance. */
const fresh = /^(-?[0-9a-z]{1,12})([0-9a-f]{19})$/;
/** Milliseconds likewise, and how many ids ago that of its record was said: the id of a command (`numberCommand`). */
const like = /^(-?[0-9a-z]{1,12})=([0-9a-z]{1,6})$/;
/** How many ids ago it was said. */
const again = /^=([0-9a-z]{1,6})$/;
/** Letters of an id that is no UUIDv7: it is said as it is. */
const whole = 36;

/**
 * Ids as they travel in one request. Half of each is chance, which nothing packs: so an id is said once, by how long before its command it
 * was made and by its chance, and from then on by how many ids ago that was. Both ends count alike.
 */
export class IdsOnTheWay {
  private readonly said: string[] = [];
  private readonly places = new Map<string, number>();
  private readonly alike = new Map<string, number>();

  /** `at`: the moment of its command, in milliseconds. */
  code(id: string, at: number): string {
    const place = this.places.get(id);
    if (place !== undefined) return `=${this.ago(place)}`;
    this.learn(id);
    const { madeAt, chance } = partsOf(id);
    const code = (at - madeAt).toString(36) + chance;
    // What is written otherwise than a UUIDv7 would not come back as it was.
    return uuid(madeAt, chance) === id && fresh.test(code) ? code : id;
  }

  /** Of a command with that number. */
  ownCode(id: string, at: number, seq: number): string {
    const place = this.alike.get(chanceWithoutNumber(id)) ?? -1;
    if (idLike(this.said[place] ?? '', id, seq) !== id) return this.code(id, at);
    return `${(at - partsOf(id).madeAt).toString(36)}=${this.ago(place)}`;
  }

  ownId(code: string, at: number, seq: number): string {
    const [, distance = '', ago] = like.exec(code) ?? [];
    if (ago === undefined) return this.id(code, at);
    const record = this.known(ago);
    const id = idLike(record, uuid(at - parseInt(distance, 36), partsOf(record).chance) ?? '', seq);
    if (id === null) throw new DomainError('MALFORMED');
    return id;
  }

  id(code: string, at: number): string {
    const [, ago] = again.exec(code) ?? [];
    if (ago !== undefined) return this.known(ago);
    const [, distance = '', chance = ''] = fresh.exec(code) ?? [];
    const id = code.length === whole ? code : uuid(at - parseInt(distance, 36), chance);
    if (id === null) throw new DomainError('MALFORMED');
    this.learn(id);
    return id;
  }

  /** The text without its ids; their codes are added to `codes`. */
  takenOut(text: string, at: number, codes: string[]): string {
    return text.replace(idsAndMarks, (found) => {
      codes.push(found === mark ? '' : this.code(found, at));
      return mark;
    });
  }

  putIn(text: string, at: number, codes: Iterator<string, undefined>): string {
    let { length } = text;
    return text.replaceAll(mark, () => {
      const code = codes.next().value;
      if (code === undefined) throw new DomainError('MALFORMED');
      const put = code === '' ? mark : this.id(code, at);
      length += put.length - mark.length;
      // A few letters could stand for so much that it fills the memory.
      if (length > longestContent) throw new DomainError('MALFORMED');
      return put;
    });
  }

  private learn(id: string): void {
    this.places.set(id, this.said.length);
    this.alike.set(chanceWithoutNumber(id), this.said.length);
    this.said.push(id);
  }

  private ago(place: number): string {
    return (this.said.length - place).toString(36);
  }

  private known(ago: string): string {
    const id = this.said[this.said.length - parseInt(ago, 36)];
    if (id === undefined) throw new DomainError('MALFORMED');
    return id;
  }
}

function uuid(madeAt: number, chance: string): string | null {
  if (!(madeAt >= 0 && madeAt < 2 ** 48) || chance.length !== 19) return null;
  const time = madeAt.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${chance.slice(0, 3)}-${chance.slice(3, 7)}-${chance.slice(7)}`;
}

function partsOf(id: string): { madeAt: number; chance: string } {
  const digits = id.replaceAll('-', '');
  return { madeAt: parseInt(digits.slice(0, 12), 16), chance: digits.slice(13) };
}
