import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';
import type { Tone } from '../tag/tag';

const iconOf: Record<Tone, IconName> = { late: 'warning', wait: 'clock', ok: 'check', info: 'info', plain: 'info' };

/** A message inside a page: „✓ Anna piekrita šodien”. Set `live` when it appears because of what the person did, so that it is read out. */
@Component({
  selector: 'tl-notice',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'tone()', '[attr.role]': `live() ? (tone() === 'late' ? 'alert' : 'status') : null` },
  template: `
    <tl-icon [name]="shown()" />
    <div class="words">
      @if (heading(); as words) {
        <b>{{ words }}</b>
      }
      <div class="text"><ng-content /></div>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      gap: 10px;
      padding: 14px 16px;
      border: 1px solid;
      border-radius: 16px;
      overflow-wrap: anywhere;
    }
    tl-icon {
      margin-block-start: 2px;
    }
    .words {
      display: grid;
      gap: 4px;
      min-inline-size: 0;
      flex: 1;
    }
    .text {
      color: var(--tl-ink);
    }
    .text:empty {
      display: none;
    }
    :host(.ok) {
      background: var(--tl-green-soft);
      border-color: var(--tl-green-line);
      color: var(--tl-green);
    }
    :host(.wait) {
      background: var(--tl-amber-soft);
      border-color: var(--tl-amber-line);
      color: var(--tl-amber);
    }
    :host(.late) {
      background: var(--tl-red-soft);
      border-color: var(--tl-red-line);
      color: var(--tl-red);
    }
    :host(.info) {
      background: var(--tl-accent-soft);
      border-color: var(--tl-accent-line);
      color: var(--tl-accent);
    }
    :host(.plain) {
      background: var(--tl-card);
      border-color: var(--tl-line);
      color: var(--tl-muted);
    }
  `,
})
export class Notice {
  readonly tone = input<Tone>('info');
  readonly heading = input<string>();
  readonly icon = input<IconName>();
  readonly live = input(false);
  protected readonly shown = computed(() => this.icon() ?? iconOf[this.tone()]);
}
