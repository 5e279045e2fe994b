import { ChangeDetectionStrategy, Component, ElementRef, input, signal, viewChild } from '@angular/core';
import { Button } from '../button/button';
import { TextPipe } from '../text/pipes';

/** A text to take along, such as a link or a code, with a button that copies it: `<tl-copy-line [text]="link" [label]="…" />`. */
@Component({
  selector: 'tl-copy-line',
  imports: [Button, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <span class="label">{{ label() }}</span>
    <div class="line">
      <code #words>{{ text() }}</code>
      <button
        type="button"
        tlButton="secondary"
        small
        [icon]="state() === 'copied' ? 'check' : 'copy'"
        [attr.aria-label]="state() === 'copied' ? null : ('ui.copyThis' | text: { what: label() })"
        (click)="copy()"
      >
        {{ (state() === 'copied' ? 'ui.copied' : 'ui.copy') | text }}
      </button>
    </div>
    <span class="said" role="status">
      @if (state() === 'copied') {
        <span class="tl-away">{{ 'ui.copied' | text }}</span>
      } @else if (state() === 'byHand') {
        {{ 'ui.copyByHand' | text }}
      }
    </span>
  `,
  styles: `
    :host {
      display: grid;
      gap: 6px;
      grid-template-columns: minmax(0, 1fr);
    }
    .label {
      font-weight: 600;
    }
    .line {
      display: flex;
      flex-wrap: wrap;
      gap: 8px 12px;
      align-items: center;
      padding: 10px 12px;
      border: 1.5px solid var(--tl-edge-soft);
      border-radius: var(--tl-round);
      background: var(--tl-ground);
    }
    code {
      flex: 1 1 200px;
      min-inline-size: 0;
      font: inherit;
      font-size: 0.9375rem;
      overflow-wrap: anywhere;
      user-select: all;
    }
    .said {
      color: var(--tl-muted);
      font-size: 0.875rem;
    }
    .said:empty {
      display: none;
    }
  `,
})
export class CopyLine {
  readonly text = input.required<string>();
  readonly label = input.required<string>();
  protected readonly words = viewChild.required<ElementRef<HTMLElement>>('words');
  protected readonly state = signal<'idle' | 'copied' | 'byHand'>('idle');

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.state.set('copied');
    } catch {
      // No right to the clipboard (not https, or refused): marked, so that it is one key away.
      getSelection()?.selectAllChildren(this.words().nativeElement);
      this.state.set('byHand');
    }
  }
}
