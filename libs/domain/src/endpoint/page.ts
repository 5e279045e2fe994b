import { Count, Parts, Text } from '../fields/fields.js';
import type { Class } from '../fields/registry.js';

/** A part of a list. `next` is the cursor of what follows, null at the end. */
export interface Page<V> {
  items: V[];
  next: string | null;
}

const pages = new WeakMap<Class, Class>();

/** The class of a page of `type`, one for each type so that OpenAPI names it once. */
export function pageOf<V extends object>(type: Class<V>): Class<Page<V>> {
  const known = pages.get(type);
  if (known) return known as Class<Page<V>>;
  class PageOf implements Page<V> {
    @Parts(() => type)
    items: V[];
    @Text({ max: 500, optional: true })
    next: string | null;
  }
  Object.defineProperty(PageOf, 'name', { value: `PageOf${type.name}` });
  pages.set(type, PageOf);
  return PageOf;
}

/** How a capped list is paged. */
export class Paging {
  @Text({ max: 500, optional: true })
  after?: string | null;

  /** Rows, at most 100. */
  @Count({ min: 1, max: 100, optional: true })
  limit?: number | null;
}
