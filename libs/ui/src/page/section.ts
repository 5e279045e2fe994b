import { ChangeDetectionStrategy, Component, input } from '@angular/core';

let made = 0;

/** A part of a page under its own small heading, with a count when it is a list: „Gaida Jūs · 3”. */
@Component({
  selector: 'tl-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-labelledby]': 'id' },
  template: `
    <div class="head">
      <h2 [id]="id">
        {{ heading() }}
        @if (count() !== undefined) {
          · {{ count() }}
        }
      </h2>
      <ng-content select="[more]" />
    </div>
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      gap: 8px;
      grid-template-columns: minmax(0, 1fr);
    }
    .head {
      display: flex;
      justify-content: space-between;
      align-items: center;
      gap: 12px;
      flex-wrap: wrap;
    }
  `,
})
export class Section {
  readonly heading = input.required<string>();
  readonly count = input<number>();
  protected readonly id = `tl-section-${++made}`;
}
