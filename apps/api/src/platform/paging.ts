import { DomainError, isDay, type Page, type Paging } from '@tilts/domain';

const USUAL_PAGE = 50;

/** Rows of one page; the input class caps it at 100. */
export function limitOf(paging: Paging): number {
  return paging.limit ?? USUAL_PAGE;
}

/** What a list may be sorted by. */
export type KeyKind = keyof typeof isKey;

/** The key after which the page begins: one text for each that the list is sorted by, none for the first page. */
export function afterOf(paging: Paging, ...kinds: KeyKind[]): string[] {
  if (!paging.after) return [];
  const key = Buffer.from(paging.after, 'base64url').toString('utf8').split(' ');
  if (key.length !== kinds.length || !kinds.every((kind, i) => isKey[kind](key[i] ?? '')))
    throw new DomainError('INVALID_INPUT', {}, [{ field: 'after', code: 'malformed' }]);
  return key;
}

/** Makes a page of the rows; one row more than `limit` was asked for tells that there is a next page. */
export function cut<R>(rows: R[], limit: number, keyOf: (row: R) => string[]): Page<R> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next: rows.length > limit && last !== undefined ? Buffer.from(keyOf(last).join(' ')).toString('base64url') : null,
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z$/;

/** Anything else than what was given out would only fail in the database. */
const isKey = {
  day: (part: string) => isDay(part),
  moment: (part: string) => MOMENT.test(part) && isDay(part.slice(0, 10)),
  number: (part: string) => /^-?\d{1,12}$/.test(part),
  id: (part: string) => UUID.test(part),
};
