import { ChangeDetectionStrategy, Component, booleanAttribute, computed, inject, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';
import { Texts } from '../text/texts';

/** `primary` once on a page: the next thing to do. `secondary` beside it, `quiet` for rare things, `danger` for what hurts. */
export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

/** A button or a link that looks like one. While `busy` it cannot be pressed twice and says so. */
@Component({
  selector: 'button[tlButton], a[tlButton]',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: {
    '[class]': 'classes()',
    '[attr.aria-busy]': 'busy() || null',
    '[attr.aria-disabled]': 'busy() || null',
    '(click)': 'refuse($event)',
  },
  template: `
    @if (icon(); as name) {
      <tl-icon [name]="name" />
    }
    <ng-content />
    @if (busy()) {
      <span class="spin" aria-hidden="true"></span><span class="tl-away" role="status">{{ saying() }}</span>
    }
  `,
  styleUrl: './button.scss',
})
export class Button {
  readonly look = input<ButtonLook, ButtonLook | ''>('primary', {
    alias: 'tlButton',
    transform: (look) => look || 'primary',
  });
  readonly icon = input<IconName>();
  readonly busy = input(false, { transform: booleanAttribute });
  /** As wide as its place: the one button at the foot of a phone. */
  readonly wide = input(false, { transform: booleanAttribute });
  /** For a row of a list, not for the main action: 44 px high with a finger's place around it. */
  readonly small = input(false, { transform: booleanAttribute });

  readonly #texts = inject(Texts);
  protected readonly saying = computed(() => this.#texts.text('ui.saving'));
  protected readonly classes = computed(() =>
    [this.look(), this.wide() ? 'wide' : '', this.small() ? 'small' : ''].filter(Boolean).join(' '),
  );

  protected refuse(event: Event): void {
    if (!this.busy()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
