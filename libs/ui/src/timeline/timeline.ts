import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { Icon } from '../icon/icon';
import type { IconName } from '../icon/icons';

/** What happened, in order: `<ol tlTimeline>` with `<li tlMoment>` inside. */
@Component({
  selector: 'ol[tlTimeline]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'list' },
  template: '<ng-content />',
  styles: `
    :host {
      display: grid;
      gap: 18px;
      margin: 0;
      padding: 0;
      list-style: none;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class Timeline {}

/** One thing that happened: who, when, what. Without `who` it is a small muted line (an event rather than a word of somebody). */
@Component({
  selector: 'li[tlMoment]',
  imports: [Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.event]': '!who()' },
  template: `
    <span class="dot"><tl-icon [name]="shown()" /></span>
    <div class="words">
      @if (who(); as name) {
        <div>
          <b>{{ name }}</b> <span class="when">{{ when() }}</span>
        </div>
      }
      <div class="text">
        <ng-content />
        @if (!who() && when()) {
          <span class="when"> · {{ when() }}</span>
        }
      </div>
    </div>
  `,
  styles: `
    :host {
      position: relative;
      display: grid;
      grid-template-columns: 28px minmax(0, 1fr);
      gap: 12px;
      list-style: none;
    }
    :host::before {
      content: '';
      position: absolute;
      inset: 30px auto -16px 13px;
      border-inline-start: 2px solid var(--tl-line);
    }
    :host(:last-child)::before {
      display: none;
    }
    .dot {
      display: grid;
      place-items: center;
      inline-size: 28px;
      block-size: 28px;
      border-radius: 50%;
      background: var(--tl-accent-soft);
      color: var(--tl-accent);
      --tl-icon: 16px;
    }
    :host(.event) .dot {
      background: var(--tl-line);
      color: var(--tl-muted);
    }
    :host(.event) .text {
      color: var(--tl-muted);
      font-size: 0.9375rem;
      padding-block-start: 2px;
    }
    .words {
      min-inline-size: 0;
      padding-block-start: 2px;
      overflow-wrap: anywhere;
    }
    .text {
      white-space: pre-line;
    }
    b + .when {
      margin-inline-start: 6px;
    }
    .when {
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
  `,
})
export class TimelineMoment {
  readonly who = input<string>();
  readonly when = input<string>();
  readonly icon = input<IconName>();
  protected readonly shown = computed<IconName>(() => this.icon() ?? (this.who() ? 'chat' : 'clock'));
}
