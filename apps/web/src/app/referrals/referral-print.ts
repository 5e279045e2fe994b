import { ChangeDetectionStrategy, Component } from '@angular/core';
import { EmptyState, PageFrame, TextPipe } from '@tilts/ui';

/** To be written. */
@Component({
  selector: 'app-referral-print',
  imports: [EmptyState, PageFrame, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-page [heading]="'app.name' | text"><tl-empty [heading]="'app.purpose' | text" /></tl-page>`,
})
export class ReferralPrint {}
