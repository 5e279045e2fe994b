import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** `late` needs somebody now, `wait` has a date, `ok` is good, `info` only tells, `plain` is over. */
export type Tone = 'late' | 'wait' | 'ok' | 'info' | 'plain';

const iconOf: Record<Tone, IconName> = { late: 'warning', wait: 'clock', ok: 'check', info: 'info', plain: 'minus' };

/** A state in one glance: always icon, word and colour together. */
@Component({
  selector: 'tl-tag',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'tone()' },
  template: `<tl-icon [name]="shown()" /><span><ng-content /></span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      max-inline-size: 100%;
      box-sizing: border-box;
      padding: 3px 10px 3px 8px;
      border-radius: 14px;
      font-size: 0.875rem;
      font-weight: 550;
      line-height: 1.4;
      --tl-icon: 16px;
    }
    :host(.late) {
      background: var(--tl-red-soft);
      color: var(--tl-red);
    }
    :host(.wait) {
      background: var(--tl-amber-soft);
      color: var(--tl-amber);
    }
    :host(.ok) {
      background: var(--tl-green-soft);
      color: var(--tl-green);
    }
    :host(.info) {
      background: var(--tl-accent-soft);
      color: var(--tl-accent);
    }
    :host(.plain) {
      background: var(--tl-line);
      color: var(--tl-muted);
    }
    @media print {
      :host {
        background: none !important;
        color: inherit !important;
        padding-inline: 0;
      }
    }
  `,
})
export class Tag {
  readonly tone = input<Tone>('info');
  readonly icon = input<IconName>();
  protected readonly shown = computed(() => this.icon() ?? iconOf[this.tone()]);
}
