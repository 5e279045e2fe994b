import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Icon, TextPipe, Texts } from '@tilts/ui';
import { Phone } from './phone';
import { stateOfPhone } from './state-of-phone';

/** One line of the frame: is everything that I wrote at the office? A tap leads to what is not. Always as high, whatever it says. */
@Component({
  selector: 'app-phone-line',
  imports: [Icon, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-label]': 'label()' },
  template: `
    <a routerLink="/unsent" [class]="state().tone">
      <tl-icon [name]="state().icon" /><span class="words">{{ state().words }}</span
      ><span class="tl-away">{{ 'sync.state.open' | text }}</span
      ><tl-icon class="on" name="right" />
    </a>
    <span class="tl-away" role="status">{{ aloud() }}</span>
  `,
  styles: `
    :host {
      display: block;
    }
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      min-block-size: 48px;
      padding-inline: 16px;
      color: var(--tl-muted);
      font-size: 0.875rem;
      font-weight: 500;
      line-height: 1.25;
      text-decoration: none;
      --tl-icon: 18px;
    }
    .words {
      flex: 1;
      min-inline-size: 0;
    }
    .calm > tl-icon:first-child {
      color: var(--tl-green);
    }
    .moving {
      color: var(--tl-accent);
    }
    .needsYou {
      background: var(--tl-amber-soft);
      color: var(--tl-amber);
      font-weight: 600;
    }
    .on {
      opacity: 0.7;
    }
    a:hover .words {
      text-decoration: underline;
    }
    a:focus-visible {
      outline-offset: -3px;
    }
    @media (min-width: 900px) {
      a {
        padding-inline: 12px;
        border-radius: 12px;
      }
      .on {
        display: none;
      }
    }
  `,
})
export class PhoneLine {
  readonly #phone = inject(Phone);
  readonly #texts = inject(Texts);
  protected readonly label = computed(() => this.#texts.text('sync.state.label'));
  protected readonly state = computed(() => stateOfPhone(this.#phone, this.#texts));
  /** Read out only when something new needs its person: a line that speaks with each visit would be switched off. */
  protected readonly aloud = computed(() => (this.state().tone === 'needsYou' ? this.state().words : ''));
}
