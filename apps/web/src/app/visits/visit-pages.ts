import { DestroyRef, computed, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { visitEndpoints, type Page, type VisitView } from '@tilts/domain';
import { CALL } from '../platform/call';
import { LocalCopy } from '../platform/local-copy';
import type { Read } from '../platform/read';

const atOnce = 100;

/** All visits of my families, newest first: as many parts as somebody looks at. */
export interface VisitPages extends Read<unknown> {
  readonly items: Signal<readonly VisitView[] | undefined>;
  readonly hasMore: Signal<boolean>;
  more(): void;
  /** To the end: whoever searches must not miss what was not scrolled to. */
  everything(): void;
}

/** When the phone's copy changes, as many are read anew as there were, and change places with the old ones in one step: nothing jumps under the thumb. */
export function visitPages(): VisitPages {
  const call = inject(CALL);
  const copy = inject(LocalCopy, { optional: true });
  const items = signal<readonly VisitView[] | undefined>(undefined);
  const next = signal<string | null>(null);
  const problem = signal<unknown>(undefined);
  const loading = signal(false);
  let wanted = atOnce;
  let run = 0;
  inject(DestroyRef).onDestroy(() => run++);

  const heldPage = async (after: string | null): Promise<Page<VisitView> | undefined> => {
    const held =
      after === null ? undefined : await copy?.answer(visitEndpoints.list, { input: { after, limit: atOnce } });
    return held?.output as Page<VisitView> | undefined;
  };

  /** From `start` until there are as many as wanted. A later run ends an earlier one. */
  const read = async (start: { items: readonly VisitView[]; next: string | null } | null): Promise<void> => {
    const mine = ++run;
    loading.set(true);
    problem.set(undefined);
    const known = [...(start?.items ?? [])];
    let after = start?.next ?? null;
    try {
      do {
        const page = await call(visitEndpoints.list, { input: { after, limit: atOnce } });
        if (mine !== run) return;
        known.push(...page.items);
        after = page.next;
        // What this device holds itself costs no waiting: once somebody goes on, all of it comes in one step.
        for (let held = start && (await heldPage(after)); held; held = await heldPage(after)) {
          known.push(...held.items);
          after = held.next;
        }
        if (mine !== run) return;
        // Growing is shown part by part; what is read anew is shown when it is as long as before.
        if (start !== null || items() === undefined) {
          items.set([...known]);
          next.set(after);
        }
      } while (after !== null && known.length < wanted);
      if (start === null) items.set(known);
      next.set(after);
    } catch (error) {
      if (mine === run) problem.set(error);
    } finally {
      if (mine === run) loading.set(false);
    }
  };
  const go = (): void => {
    if (!loading() && next() !== null) void read({ items: items() ?? [], next: next() });
  };

  effect(() => {
    copy?.changed();
    untracked(() => void read(null));
  });

  return {
    value: items,
    items: items.asReadonly(),
    loading: loading.asReadonly(),
    problem: problem.asReadonly(),
    hasMore: computed(() => next() !== null),
    reload: () => void read(null),
    more() {
      wanted = Math.max(wanted, (items()?.length ?? 0) + atOnce);
      go();
    },
    everything() {
      wanted = Infinity;
      go();
    },
  };
}
