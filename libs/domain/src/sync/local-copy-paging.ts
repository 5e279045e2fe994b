import type { Page, Paging } from '../endpoint/page.js';

/** A place in a list: by what it is sorted, then the id. */
export type Place = readonly [by: string | number, id: string];

/** A list in the office's order. */
export interface Sorted<V> {
  readonly items: readonly V[];
  readonly placeOf: (item: V) => Place;
  readonly descending: boolean;
  /** What lies behind this place is the office's to tell; null: all of it is here. */
  readonly until: Place | null;
}

/** As the office pages when nobody says. */
const USUAL_PAGE = 50;

/**
 * The page that was asked for. Its cursors are the office's own: where the copy ends the network goes on, and back. Undefined: the page
 * begins where the copy has ended.
 */
export function pageOfCopy<V>(
  list: Sorted<V>,
  paging: Paging,
  wanted: (item: V) => boolean = () => true,
  usual = USUAL_PAGE,
): Page<V> | undefined {
  const { items, placeOf, until } = list;
  const limit = paging.limit ?? usual;
  const [some] = items;
  const kind = typeof (some === undefined ? until : placeOf(some))?.[0];
  const after = paging.after ? placeFrom(paging.after, kind) : null;
  if (after === undefined || (after && until && !isBefore(list, after, until))) return undefined;
  const found: V[] = [];
  for (let at = after ? firstBehind(list, after) : 0; at < items.length; at += 1) {
    const item = items[at] as V;
    if (until && isBefore(list, until, placeOf(item))) break;
    if (!wanted(item)) continue;
    if (found.length === limit) return { items: found, next: cursorOf(placeOf(found.at(-1) ?? item)) };
    found.push(item);
  }
  return { items: found, next: until && cursorOf(until) };
}

/** As the office writes it, so that either understands the other's. */
export function cursorOf(place: Place): string {
  return btoa(place.join(' ')).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined for what is no cursor. */
export function placeFrom(cursor: string, kind = 'string'): Place | undefined {
  const [by = '', id = '', ...more] = textOf(cursor).split(' ');
  if (!by || !id || more.length > 0) return undefined;
  if (kind !== 'number') return [by, id];
  return /^-?\d+$/.test(by) ? [Number(by), id] : undefined;
}

function textOf(cursor: string): string {
  try {
    return atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
  } catch {
    return '';
  }
}

function isBefore<V>({ descending }: Sorted<V>, one: Place, other: Place): boolean {
  const order = compare(one[0], other[0]) || compare(one[1], other[1]);
  return descending ? order > 0 : order < 0;
}

/** By halves: a list of thousands is not walked through for its last page. */
function firstBehind<V>(list: Sorted<V>, place: Place): number {
  let [low, high] = [0, list.items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(list, place, list.placeOf(list.items[middle] as V))) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** As PostgreSQL compares days, moments, numbers and ids; no language has a say in it. */
export function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The list in the order in which its pages are cut. */
export function sorted<V>(
  items: readonly V[],
  placeOf: (item: NoInfer<V>) => Place,
  { descending = false, until = null }: Partial<Pick<Sorted<V>, 'descending' | 'until'>> = {},
): Sorted<V> {
  const list: Sorted<V> = { items: [], placeOf, descending, until };
  const placed = items.map((item) => ({ item, place: placeOf(item) }));
  placed.sort((a, b) => (isBefore(list, a.place, b.place) ? -1 : isBefore(list, b.place, a.place) ? 1 : 0));
  return { ...list, items: placed.map(({ item }) => item) };
}
