import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Icon, Texts, type IconName } from '@tilts/ui';
import type { DraftState } from './kept-draft';

const icons: Record<Exclude<DraftState, 'none'>, IconName> = {
  saving: 'refresh',
  saved: 'check',
  offline: 'warning',
  refused: 'warning',
};

/** Where the words that were just typed are: saved, on their way, or only on this page. */
@Component({
  selector: 'app-draft-mark',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'status', '[class.only-here]': `state() === 'offline' || state() === 'refused'` },
  template: `@if (words(); as words) {
    <tl-icon [name]="icon()" /><span>{{ words }}</span>
  }`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      color: var(--tl-muted);
      font-size: 0.875rem;
      line-height: 1.35;
      --tl-icon: 16px;
    }
    :host(.only-here) {
      color: var(--tl-amber);
      font-weight: 600;
    }
  `,
})
export class DraftMark {
  readonly state = input.required<DraftState>();
  readonly #texts = inject(Texts);
  protected readonly words = computed(() => {
    const state = this.state();
    return state === 'none' ? null : this.#texts.text(`visits.draft.${state}`);
  });
  protected readonly icon = computed<IconName>(() => {
    const state = this.state();
    return state === 'none' ? 'check' : icons[state];
  });
}
