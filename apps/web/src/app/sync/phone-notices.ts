import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Button, Notice, TextPipe } from '@tilts/ui';
import { realDataNoticeSeen, rememberRealDataNoticeSeen } from '../platform/preference';
import { Phone } from './phone';

/** Bytes: room for a newer build, and for a year of visits. */
const enough = 20_000_000;

/** What a mediator has to know about this phone before anything else: it lost something, it is full, it is not for real people yet. */
@Component({
  selector: 'app-phone-notices',
  imports: [Button, Notice, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (phone.trouble(); as trouble) {
      <tl-notice tone="late" [live]="true" [heading]="$any('sync.trouble.' + trouble + '.heading') | text">
        <p>{{ $any('sync.trouble.' + trouble + '.text') | text }}</p>
      </tl-notice>
    }
    @if (isNearlyFull()) {
      <tl-notice tone="wait" [heading]="'sync.lowSpace.heading' | text">
        <p>{{ 'sync.lowSpace.text' | text }}</p>
      </tl-notice>
    }
    @if (phone.cameBackWithLess()) {
      <tl-notice tone="wait" [live]="true" [heading]="'sync.less.heading' | text">
        <p>{{ 'sync.less.text' | text }}</p>
        <button type="button" tlButton="secondary" small (click)="phone.lessWasSeen()">
          {{ 'sync.less.seen' | text }}
        </button>
      </tl-notice>
    }
    @if (phone.rescued(); as count) {
      <tl-notice tone="ok" [live]="true" [heading]="'sync.rescued.heading' | text: { count }">
        <p>{{ 'sync.rescued.text' | text }}</p>
        <button type="button" tlButton="secondary" small (click)="phone.rescuedWasSeen()">
          {{ 'sync.rescued.seen' | text }}
        </button>
      </tl-notice>
    }
    @if (showsRealData()) {
      <tl-notice tone="info" icon="lock" [heading]="'sync.realData.heading' | text">
        <p>{{ 'sync.realData.text' | text }}</p>
        <div class="answers">
          <button type="button" tlButton="secondary" small (click)="seen()">{{ 'sync.realData.seen' | text }}</button>
          <a tlButton="quiet" small routerLink="/phone">{{ 'sync.phone.heading' | text }}</a>
        </div>
      </tl-notice>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 10px;
      max-inline-size: 720px;
      padding: 64px 16px 0;
    }
    :host(:empty) {
      display: none;
    }
    tl-notice button,
    .answers {
      margin-block-start: 8px;
    }
    .answers button {
      margin-block-start: 0;
    }
    .answers {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 10px;
    }
    @media (min-width: 900px) {
      :host {
        padding: 20px 36px 0;
      }
    }
  `,
})
export class PhoneNotices {
  /** On the first page of the day, not in the middle of a form. */
  readonly atHome = input(false);
  protected readonly phone = inject(Phone);
  readonly #seen = signal(realDataNoticeSeen());
  protected readonly isNearlyFull = computed(() => {
    const space = this.phone.space();
    return space !== null && space.of - space.used < enough && this.phone.trouble() === null;
  });
  protected readonly showsRealData = computed(() => this.atHome() && this.phone.on() && !this.#seen());

  protected seen(): void {
    rememberRealDataNoticeSeen();
    this.#seen.set(true);
  }
}
