import { ChangeDetectionStrategy, Component, ViewEncapsulation } from '@angular/core';

/** Names and values: `<dl tlDefinitions><div><dt>…</dt><dd>…</dd></div></dl>`. */
@Component({
  selector: 'dl[tlDefinitions]',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // The rows are the page's own; they are dressed from here.
  encapsulation: ViewEncapsulation.None,
  host: { class: 'tl-definitions' },
  template: '<ng-content />',
  styles: `
    .tl-definitions {
      margin: 0;
    }
    .tl-definitions > div {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 0 16px;
      padding-block: 9px;
      border-block-end: 1px solid var(--tl-line);
    }
    .tl-definitions > div:last-child {
      border-block-end: 0;
    }
    .tl-definitions dt {
      color: var(--tl-muted);
      font-size: 0.9375rem;
    }
    .tl-definitions dd {
      margin: 0;
      overflow-wrap: anywhere;
      white-space: pre-line;
    }
    @media (min-width: 600px) {
      .tl-definitions > div {
        grid-template-columns: minmax(0, 38%) minmax(0, 1fr);
        align-items: baseline;
      }
    }
  `,
})
export class Definitions {}
