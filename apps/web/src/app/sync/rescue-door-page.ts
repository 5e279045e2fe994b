import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { TextPipe } from '@tilts/ui';
import { Door } from '../access/door';
import { accountsWithUnsent } from '../access/left-behind';
import { RescueCard } from './rescue-card';

/** For who cannot sign in any more: what they wrote on this phone still leaves it, closed for everybody but the office. */
@Component({
  selector: 'app-rescue-door-page',
  imports: [Door, RescueCard, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <app-door>
      <h1 tabindex="-1">{{ 'sync.rescueDoor.heading' | text }}</h1>
      @if (accounts.length > 0) {
        @if (accounts.length > 1) {
          <p>{{ 'sync.rescueDoor.several' | text: { count: accounts.length } }}</p>
        }
        @for (account of accounts; track account) {
          <app-rescue-card [account]="account" />
        }
      } @else {
        <p>{{ 'sync.rescueDoor.nothing' | text }}</p>
      }
      <p>
        <a routerLink="/sign-in">{{ 'sync.rescueDoor.back' | text }}</a>
      </p>
    </app-door>
  `,
})
export class RescueDoorPage {
  protected readonly accounts = accountsWithUnsent();
}
