import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  afterNextRender,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import { Button, Card, TextPipe } from '@tilts/ui';

/** Recovery codes, shown this once: to be copied, printed, or written down. */
@Component({
  selector: 'app-recovery-codes',
  imports: [Button, Card, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card tone="wait">
      <h2 tabindex="-1">{{ 'access.recovery.title' | text }}</h2>
      <p>{{ 'access.recovery.text' | text }}</p>
      <ol class="codes">
        @for (code of codes(); track code) {
          <li>
            <code>{{ code }}</code>
          </li>
        }
      </ol>
      <div class="tl-screen acts">
        <button type="button" tlButton="secondary" wide [icon]="copied() ? 'check' : 'copy'" (click)="copy()">
          {{ (copied() ? 'ui.copied' : 'access.recovery.copy') | text }}
        </button>
        <span class="tl-away" role="status">{{ copied() ? ('ui.copied' | text) : '' }}</span>
        <button type="button" tlButton="secondary" wide icon="print" (click)="print()">
          {{ 'access.recovery.print' | text }}
        </button>
        <button type="button" tlButton wide icon="check" (click)="kept.emit()">
          {{ 'access.recovery.kept' | text }}
        </button>
      </div>
    </tl-card>
  `,
  styles: `
    h2 {
      margin: 0 0 8px;
      font-size: 1.1875rem;
      line-height: 1.3;
    }
    .codes {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
      gap: 6px 20px;
      margin: 14px 0;
      padding-inline-start: 28px;
    }
    code {
      font-size: 1.0625rem;
      letter-spacing: 0.03em;
    }
    .acts {
      display: grid;
      gap: 10px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class RecoveryCodesOnce {
  readonly codes = input.required<readonly string[]>();
  readonly kept = output();
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly copied = signal(false);

  constructor() {
    afterNextRender(() => this.#host.nativeElement.querySelector<HTMLElement>('h2')?.focus());
  }

  protected async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.codes().join('\n'));
      this.copied.set(true);
    } catch {
      // No right to the clipboard: marked, so that it is one key away.
      const list = this.#host.nativeElement.querySelector('ol');
      if (list) getSelection()?.selectAllChildren(list);
    }
  }

  protected print(): void {
    window.print();
  }
}
