import {
  ChangeDetectionStrategy,
  Component,
  afterNextRender,
  computed,
  inject,
  input,
  ElementRef,
} from '@angular/core';
import type { OneTimeLinkMade } from '@tilts/domain';
import { Card, CopyLine, Notice, QrCode, TextPipe, Texts } from '@tilts/ui';

/** A link that was made just now: as text and for a camera, until when, and what to do with it. It cannot be shown a second time. */
@Component({
  selector: 'app-one-time-link-card',
  imports: [Card, CopyLine, Notice, QrCode, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card>
      <div class="tl-stack">
        <div class="tl-stack-tight">
          <h2 tabindex="-1">{{ name() }}</h2>
          <p class="tl-muted">{{ says() }}</p>
        </div>
        <tl-copy-line [text]="link().url" [label]="'access.oneTimeLink.label' | text" />
        <div class="both">
          <tl-qr [text]="link().url" [label]="'access.oneTimeLink.qr' | text" />
          <div class="tl-stack">
            @if (link().mailed) {
              <tl-notice tone="ok">{{ 'access.oneTimeLink.mailed' | text: { email: email() } }}</tl-notice>
            } @else if (mailAsked()) {
              <tl-notice tone="wait">{{ 'access.oneTimeLink.notMailed' | text }}</tl-notice>
            }
            <div>
              <h3>{{ 'access.oneTimeLink.how' | text }}</h3>
              <ol>
                <li>{{ 'access.oneTimeLink.give' | text }}</li>
                <li>{{ 'access.oneTimeLink.set' | text }}</li>
                <li>{{ 'access.oneTimeLink.enter' | text: { email: email() } }}</li>
              </ol>
            </div>
          </div>
        </div>
        <tl-notice tone="wait" icon="eye">{{ 'access.oneTimeLink.once' | text }}</tl-notice>
      </div>
    </tl-card>
  `,
  styles: `
    h2 {
      font-size: 1.1875rem;
      color: var(--tl-ink);
    }
    h2:focus {
      outline: none;
    }
    .both {
      display: grid;
      gap: 16px 24px;
      grid-template-columns: minmax(0, 1fr);
      justify-items: center;
    }
    .both > div {
      inline-size: 100%;
    }
    ol {
      display: grid;
      gap: 4px;
      margin: 6px 0 0;
      padding-inline-start: 22px;
    }
    @media (min-width: 700px) {
      .both {
        grid-template-columns: 232px minmax(0, 1fr);
        align-items: start;
      }
    }
  `,
})
export class OneTimeLinkCard {
  readonly link = input.required<OneTimeLinkMade>();
  readonly name = input.required<string>();
  readonly email = input.required<string>();
  /** The coordinator wanted it mailed too; whether it was stands in the link. */
  readonly mailAsked = input(false);

  readonly #texts = inject(Texts);
  protected readonly says = computed(() => {
    const { purpose, expiresAt } = this.link();
    return this.#texts.text(`access.oneTimeLink.${purpose}`, { when: this.#texts.moment(expiresAt, 'until') });
  });

  constructor() {
    const host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
    // It appears because of what the person did: read out, and seen on a phone where it lies below.
    afterNextRender(() => host.querySelector('h2')?.focus());
  }
}
