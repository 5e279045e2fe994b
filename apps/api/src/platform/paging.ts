import { DomainError, isDay, type Page, type Paging } from '@tilts/domain';

const USUAL_PAGE = 50;

/** Rows of one page; the input class caps it at 100. */
export function limitOf(paging: Paging): number {
  return paging.limit ?? USUAL_PAGE;
}

/** The key after which the page begins: as many texts as the list is sorted by, none for the first page. */
export function afterOf(paging: Paging, parts: number): string[] {
  if (!paging.after) return [];
  const key = read(paging.after);
  if (key.length !== parts) throw new DomainError('INVALID_INPUT', {}, [{ field: 'after', code: 'malformed' }]);
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
const MOMENT = /^\d{4}-\d\d-\d\dT[\d:.]{5,16}Z$/;

/** Keys are days, moments, small numbers and ids: anything else would only fail in the database. */
function isKeyPart(part: string): boolean {
  return (
    UUID.test(part) ||
    isDay(part) ||
    /^-?\d{1,12}$/.test(part) ||
    (MOMENT.test(part) && !Number.isNaN(Date.parse(part)))
  );
}

function read(cursor: string): string[] {
  const parts = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  return parts.every(isKeyPart) ? parts : [];
}
