import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';
import { Button, List, Section, TextPipe } from '@tilts/ui';
import type { FamilyHousehold } from '@tilts/domain';
import { FinishingSteps } from './finishing-steps';
import { WaitingCard } from './waiting-card';
import type { WhatWaits } from './waiting';

/** So few that the last families, and with them „Pierakstīt”, stay on the first screen of a phone. */
const first = 3;

/** „Gaida Jūs · 3”: what waits now, and folded what is promised for later. */
@Component({
  selector: 'app-waiting-list',
  imports: [Button, List, Section, TextPipe, WaitingCard],
  providers: [FinishingSteps],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-section [heading]="'today.waiting' | text" [count]="waits().now.length">
      <ul tlList>
        @for (waiting of shown(); track waiting.key) {
          <li><app-waiting-card [waiting]="waiting" [households]="households()" /></li>
        }
      </ul>
      @if (hidden() > 0 || waits().later.length > 0) {
        <div class="more">
          @if (hidden() > 0) {
            <button type="button" tlButton="quiet" icon="down" (click)="all.set(true)">
              {{ 'ui.more' | text: { count: hidden() } }}
            </button>
          }
          @if (waits().later.length > 0) {
            <button
              type="button"
              tlButton="quiet"
              [icon]="later() ? 'up' : 'calendar'"
              [attr.aria-expanded]="later()"
              (click)="later.set(!later())"
            >
              {{ 'today.later' | text: { count: waits().later.length } }}
            </button>
          }
        </div>
      }
      @if (later()) {
        <ul tlList>
          @for (waiting of waits().later; track waiting.key) {
            <li><app-waiting-card [waiting]="waiting" [households]="households()" /></li>
          }
        </ul>
      }
    </tl-section>
  `,
  styles: `
    .more {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
    }
  `,
})
export class WaitingList {
  readonly waits = input.required<WhatWaits>();
  readonly households = input.required<readonly FamilyHousehold[]>();
  protected readonly all = signal(false);
  protected readonly later = signal(false);
  protected readonly shown = computed(() =>
    this.all() ? this.waits().now : this.waits().now.slice(0, this.waits().now.length > first + 1 ? first : first + 1),
  );
  protected readonly hidden = computed(() => this.waits().now.length - this.shown().length);
}
