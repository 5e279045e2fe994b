import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon } from '../icon/icon';

/**
 * The frame of every page: where I came from, what this is, what is asked of me.
 * Slots: `[aside]` beside the way back (draft saved), `[tag]` a state, `[actions]` buttons beside the title at a desk,
 * `[foot]` the one button that stays under the thumb on a phone.
 */
@Component({
  selector: 'tl-page',
  imports: [RouterLink, Icon],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.wide]': `width() === 'wide'` },
  template: `
    <header>
      <div class="top" [class.idle]="!back() && !eyebrow() && !hasAside()">
        @if (back(); as words) {
          <a class="back" [routerLink]="backLink()" [queryParams]="backParams()"
            ><tl-icon name="back" /><span>{{ words }}</span></a
          >
        } @else if (eyebrow()) {
          <span class="eyebrow">{{ eyebrow() }}</span>
        }
        <span class="aside"><ng-content select="[aside]" /></span>
      </div>
      <div class="title">
        <div class="words">
          @if (back() && eyebrow()) {
            <span class="eyebrow">{{ eyebrow() }}</span>
          }
          <h1 tabindex="-1">{{ heading() }}</h1>
          @if (lead()) {
            <p class="lead">{{ lead() }}</p>
          }
        </div>
        <div class="beside"><ng-content select="[tag]" /><ng-content select="[actions]" /></div>
      </div>
    </header>
    <div class="body"><ng-content /></div>
    <div class="foot"><ng-content select="[foot]" /></div>
  `,
  styleUrl: './page-frame.scss',
})
export class PageFrame {
  readonly heading = input.required<string>();
  /** A muted line over the heading: the date, the number of a referral. */
  readonly eyebrow = input<string>();
  /** A muted line under the heading. */
  readonly lead = input<string>();
  /** The words of the way back, with `backLink`. */
  readonly back = input<string>();
  readonly backLink = input<string | readonly unknown[]>('/');
  readonly backParams = input<Record<string, string>>();
  /** Set when something stands in the slot `[aside]` of a page without a way back. */
  readonly hasAside = input(false);
  /** `reading` for forms and texts (720 px), `wide` for tables and two columns. */
  readonly width = input<'reading' | 'wide'>('reading');
}
