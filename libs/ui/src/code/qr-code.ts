import { ChangeDetectionStrategy, Component, computed, input, resource } from '@angular/core';

/**
 * A text that a phone's camera reads: `<tl-qr [text]="link" [label]="…" />`. Always dark on white: many cameras do not read it inverted. The
 * text itself stands beside it for those who cannot point a camera.
 */
@Component({
  selector: 'tl-qr',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg role="img" [attr.viewBox]="box()" [attr.aria-label]="label()" shape-rendering="crispEdges">
      <path fill="#12262b" [attr.d]="path()" />
    </svg>
  `,
  styles: `
    :host {
      display: block;
      inline-size: min(100%, 232px);
      padding: 8px;
      background: #ffffff;
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-round);
    }
    svg {
      display: block;
      inline-size: 100%;
      aspect-ratio: 1;
    }
  `,
})
export class QrCode {
  readonly text = input.required<string>();
  /** What a phone that reads it will do. */
  readonly label = input.required<string>();

  // Loaded when the first code is drawn: most people never see one.
  readonly #modules = resource({
    params: () => this.text(),
    loader: async ({ params: text }) => (await import('qr')).encodeQR(text, 'raw', { border: 2 }),
  });
  readonly #rows = computed(() => (this.#modules.hasValue() ? this.#modules.value() : []));
  protected readonly box = computed(() => `0 0 ${this.#rows().length || 1} ${this.#rows().length || 1}`);
  protected readonly path = computed(() => outlineOf(this.#rows()));
}

/** One rectangle for each run of dark squares, row by row. */
export function outlineOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1]) return [];
        const end = row.indexOf(false, x);
        const width = (end < 0 ? row.length : end) - x;
        return [`M${x} ${y}h${width}v1h-${width}z`];
      }),
    )
    .join('');
}
