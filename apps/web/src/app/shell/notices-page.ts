import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { noticeEndpoints, type NoticeView } from '@tilts/domain';
import { Between, Card, EmptyState, List, MomentPipe, PageFrame, Tag, TextPipe, Texts } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { Notices } from './notices';

/** What happened to my referrals, newest first. It names a referral's number, never a person. */
@Component({
  selector: 'app-notices-page',
  imports: [Awaiting, Between, Card, EmptyState, List, MomentPipe, PageFrame, RouterLink, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page [heading]="'shell.notices' | text">
      <app-awaiting [of]="notices" />
      @if (notices.value(); as page) {
        <ul tlList>
          @for (notice of page.items; track notice.id) {
            <li>
              <a tlCard [routerLink]="['/referrals', notice.referralId]" (click)="seen(notice)">
                <tl-between>
                  <div>
                    <b>{{ kind(notice) }}</b>
                    <div class="tl-muted tl-small">
                      {{ notice.at | moment }}
                    </div>
                  </div>
                  @if (!notice.read) {
                    <tl-tag tone="info" icon="bell">{{ 'shell.unread' | text }}</tl-tag>
                  }
                </tl-between>
              </a>
            </li>
          }
        </ul>
        @if (page.items.length === 0) {
          <tl-empty icon="bell" [heading]="'shell.noNotices.title' | text" [text]="'shell.noNotices.text' | text" />
        }
      }
    </tl-page>
  `,
})
export class NoticesPage {
  readonly #texts = inject(Texts);
  readonly #store = inject(Notices);
  protected readonly notices = read(noticeEndpoints.list, () => ({ input: { limit: 100 } }));

  protected kind(notice: NoticeView): string {
    return (
      this.#texts.textOfCode(`notices.kind.${notice.kind}`, { number: notice.referralNumber }) ??
      this.#texts.text('shell.notices')
    );
  }

  protected seen(notice: NoticeView): void {
    void this.#store.markRead(notice);
  }
}
