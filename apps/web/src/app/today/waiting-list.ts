import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { Button, List, Section, Texts, TextPipe } from '@tilts/ui';
import type { FamilyHousehold } from '../visits/household';
import { FinishingSteps } from './finishing-steps';
import { WaitingCard } from './waiting-card';
import type { WhatWaits } from './waiting';

/** „Gaida Jūs · 3”: what waits now, and folded what is promised for later. */
@Component({
  selector: 'app-waiting-list',
  imports: [Button, List, Section, TextPipe, WaitingCard],
  providers: [FinishingSteps],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-section [heading]="'today.waiting' | text" [count]="waits().now.length">
      <ul tlList>
        @for (waiting of shown(); track waiting.key) { <li><app-waiting-card [waiting]="waiting" [households]="households()" /></li> }
      </ul>
      @if (hidden() > 0) {
        <button type="button" tlButton="quiet" (click)="all.set(true)">{{ 'ui.more' | text: { count: hidden() } }}</button>
      }
      @if (waits().later.length > 0) {
        <button type="button" tlButton="quiet" [icon]="later() ? 'up' : 'down'" [attr.aria-expanded]="later()" (click)="later.set(!later())">{{ 'today.later' | text: { count: waits().later.length } }}</button>
        @if (later()) {
          <ul tlList>
            @for (waiting of waits().later; track waiting.key) { <li><app-waiting-card [waiting]="waiting" [households]="households()" /></li> }
          </ul>
        }
      }
    </tl-section>
  `,
  styles: `button { justify-self: start; }`,
})
export class WaitingList {
  readonly waits = input.required<WhatWaits>();
  readonly households = input.required<readonly FamilyHousehold[]>();
  protected readonly all = signal(false);
  protected readonly later = signal(false);
  protected readonly shown = computed(() => (this.all() ? this.waits().now : this.waits().now.slice(0, this.waits().now.length > 7 ? 6 : 7)));
  protected readonly hidden = computed(() => this.waits().now.length - this.shown().length);
}
