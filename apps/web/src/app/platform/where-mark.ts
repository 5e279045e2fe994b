import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input } from '@angular/core';
import { Icon, Tag, TextPipe } from '@tilts/ui';
import { LocalCopy } from './local-copy';

/**
 * Where a record is: only on this phone, at the office, or waiting for its person. On the page of a record, and where records are listed
 * for their own sake (`always`), it is never silent while this phone holds a copy; elsewhere it speaks only of what is not at the office.
 */
@Component({
  selector: 'app-where-mark',
  imports: [Icon, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @switch (where()) {
      @case ('phone') {
        <tl-tag tone="info" icon="device">{{ 'sync.where.phone' | text }}</tl-tag>
      }
      @case ('needsYou') {
        <tl-tag tone="wait" icon="warning">{{ 'sync.where.needsYou' | text }}</tl-tag>
      }
      @case ('office') {
        <span class="calm"><tl-icon name="check" />{{ 'sync.where.office' | text }}</span>
      }
    }
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    :host(:empty) {
      display: none;
    }
    /* What is well does not call: most rows are. */
    .calm {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      color: var(--tl-muted);
      font-size: 0.875rem;
      line-height: 1.4;
      white-space: nowrap;
      --tl-icon: 16px;
    }
  `,
})
export class WhereMark {
  /** The id of the record. */
  readonly of = input.required<string>();
  readonly always = input(false, { transform: booleanAttribute });
  readonly #copy = inject(LocalCopy, { optional: true });

  protected readonly where = computed(() => {
    const copy = this.#copy;
    if (!copy || !copy.on()) return undefined;
    copy.changed();
    const where = copy.where(this.of()) ?? 'office';
    return where !== 'office' || this.always() ? where : undefined;
  });
}
