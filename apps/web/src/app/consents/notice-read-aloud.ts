import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { consentGivers, currentNoticeVersion, type RecordConsent } from '@tilts/domain';
import { Card, ChipOne, TextPipe, Texts, Tick, type FormField } from '@tilts/ui';
import { Session } from '../access/session';

/** The notice to read aloud and the two things that must have happened before anything is kept. */
@Component({
  selector: 'app-notice-read-aloud',
  imports: [Card, ChipOne, TextPipe, Tick],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card tone="info">
      <p class="aloud">{{ 'consents.read.aloud' | text }}</p>
      <blockquote>{{ notice() }}</blockquote>
    </tl-card>
    <div class="ticks" role="group" [attr.aria-label]="'consents.read.group' | text">
      <tl-tick [field]="at()('noticeRead')" [label]="'consents.field.noticeRead' | text" />
      <tl-tick [field]="at()('spokenYes')" [label]="'consents.field.spokenYes' | text" />
      @if (missing()) {
        <p class="missing" role="alert">{{ 'consents.read.missing' | text }}</p>
      }
    </div>
    <tl-chip-one [field]="at()('giver')" [label]="'consents.field.giver' | text" [options]="givers()" />
  `,
  styles: `
    :host {
      display: grid;
      gap: 14px;
      grid-template-columns: minmax(0, 1fr);
    }
    .aloud {
      font-weight: 600;
      color: var(--tl-accent);
      margin-block-end: 6px;
    }
    blockquote {
      margin: 0;
      white-space: pre-line;
    }
    .ticks {
      display: grid;
      padding: 4px 14px;
      border: 1px solid var(--tl-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
    .missing {
      color: var(--tl-red);
      padding-block-end: 10px;
      font-weight: 550;
    }
  `,
})
export class NoticeReadAloud {
  readonly at =
    input.required<<K extends 'noticeRead' | 'spokenYes' | 'giver'>(name: K) => FormField<RecordConsent[K]>>();
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);

  protected readonly notice = computed(() =>
    this.#texts.text(`consents.notice.${currentNoticeVersion}`, { controller: this.#session.me()?.controller ?? '' }),
  );
  protected readonly givers = computed(() =>
    consentGivers.values.map((value) => ({ value, label: this.#texts.text(`consents.giver.${value}`) })),
  );
  protected readonly missing = computed(
    () => this.at()('noticeRead').problem() !== null || this.at()('spokenYes').problem() !== null,
  );
}
