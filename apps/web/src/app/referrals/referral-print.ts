import { ChangeDetectionStrategy, Component, inject, input } from '@angular/core';
import { referralEndpoints, type ReferralView } from '@tilts/domain';
import { Button, Definitions, MomentPipe, DayPipe, PageFrame, PhonePipe, TextPipe, Texts } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { personWords } from './referral-card';
import { groundWords } from './referral-text';

/** A referral as a letter on paper, for an institution that does not read Tilts or for a file. */
@Component({
  selector: 'app-referral-print',
  imports: [Awaiting, Button, DayPipe, Definitions, MomentPipe, PageFrame, PhonePipe, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './referral-print.html',
  styles: `
    .paper {
      background: var(--tl-card);
      border: 1px solid var(--tl-line);
      border-radius: 4px;
      padding: 28px clamp(18px, 5vw, 48px);
      display: grid;
      gap: 14px;
    }
    .request {
      white-space: pre-line;
      font-size: 1.0625rem;
    }
    .foot {
      margin-block-start: 24px;
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
    .sign {
      display: grid;
      gap: 28px;
      margin-block-start: 32px;
    }
    @media print {
      .paper {
        border: 0;
        padding: 0;
      }
    }
  `,
})
export class ReferralPrint {
  readonly id = input.required<string>();
  protected readonly texts = inject(Texts);
  protected readonly referral = read(referralEndpoints.read, () => ({ params: { id: this.id() } }));

  protected who(referral: ReferralView): string {
    return personWords(this.texts, referral.person);
  }

  protected ground(referral: ReferralView): string {
    return groundWords(this.texts, referral);
  }

  protected print(): void {
    window.print();
  }
}
