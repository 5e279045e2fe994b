import { computed, inject, linkedSignal, signal, untracked, type Signal } from '@angular/core';
import type { InputOf, ItemOf, OutputOf, Page } from '@tilts/domain';
import { CALL } from './call';
import type { AnyEndpoint, CallArguments, Fields } from './exchange';
import { read, readBy, type Read } from './read';

/** A list that comes in parts; the first part is read at once, the others when somebody asks for more. */
export interface Pages<V> extends Read<unknown> {
  /** What has come so far; while another filter is read, the old list stays. Undefined before the first answer. */
  readonly items: Signal<readonly V[] | undefined>;
  readonly hasMore: Signal<boolean>;
  readonly loadingMore: Signal<boolean>;
  more(): Promise<void>;
}

type Asked<E extends AnyEndpoint> = Omit<Fields<InputOf<E>>, 'after' | 'limit'>;

/** `readPages(accountEndpoints.list, () => ({ role: this.role() }))` */
export function readPages<E extends AnyEndpoint>(endpoint: E, filter: () => Asked<E>): Pages<ItemOf<E>> {
  const call = inject(CALL) as (endpoint: E, given: CallArguments<E>) => Promise<Page<ItemOf<E>>>;
  const part = (asked: Asked<E>, after: string | null) =>
    ({ input: { ...asked, after, limit: 100 } }) as unknown as CallArguments<E>;
  const first = read(endpoint, () => part(filter(), null));
  const all = linkedSignal<OutputOf<E> | undefined, Page<ItemOf<E>> | undefined>({
    source: first.value,
    computation: (now, before) => (now as Page<ItemOf<E>> | undefined) ?? before?.value,
  });
  const loadingMore = signal(false);
  const problem = signal<unknown>(undefined);
  return {
    value: first.value,
    loading: first.loading,
    problem: computed(() => first.problem() ?? problem()),
    reload: () => first.reload(),
    items: computed(() => all()?.items),
    hasMore: computed(() => Boolean(all()?.next)),
    loadingMore,
    async more() {
      const known = untracked(all);
      if (!known?.next || untracked(loadingMore)) return;
      loadingMore.set(true);
      problem.set(undefined);
      try {
        const next = await call(endpoint, part(untracked(filter), known.next));
        // Another filter was chosen meanwhile: then this part belongs to a list that is gone.
        if (untracked(all) === known) all.set({ items: [...known.items, ...next.items], next: next.next });
      } catch (error) {
        problem.set(error);
      } finally {
        loadingMore.set(false);
      }
    },
  };
}

/** A list that must be seen whole before somebody decides, such as the families to hand over: part after part, to the end. */
export function readWhole<E extends AnyEndpoint>(
  endpoint: E,
  given: () => CallArguments<E> | undefined,
): Read<ItemOf<E>[]> {
  const call = inject(CALL) as (endpoint: E, given: CallArguments<E>) => Promise<Page<ItemOf<E>>>;
  return readBy(given, async (asked) => {
    const items: ItemOf<E>[] = [];
    for (let after: string | null = null; ;) {
      const page: Page<ItemOf<E>> = await call(endpoint, { ...asked, input: { ...asked.input, after, limit: 100 } });
      items.push(...page.items);
      if (!page.next) return items;
      after = page.next;
    }
  });
}
