import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import type { ReportTotals } from '@tilts/domain';
import { TextPipe, Texts } from '@tilts/ui';

/** The headline figures, large. */
@Component({
  selector: 'app-head-figures',
  imports: [TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <dl>
      @for (figure of figures(); track figure.label) {
        <div [class.lead]="figure.lead">
          <dt>{{ figure.label }}</dt>
          <dd [class.hid]="figure.value === null">{{ figure.value ?? ('ui.hidden' | text) }}</dd>
        </div>
      }
    </dl>
  `,
  styles: `
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(136px, 1fr));
      gap: 10px;
      margin: 0;
    }
    div {
      display: flex;
      flex-direction: column-reverse;
      justify-content: flex-end;
      gap: 2px;
      padding: 14px 16px;
      border: 1px solid var(--tl-line);
      border-radius: 16px;
      background: var(--tl-card);
    }
    .lead {
      background: var(--tl-accent-soft);
      border-color: var(--tl-accent-line);
    }
    dt {
      color: var(--tl-muted);
      font-size: 0.875rem;
      line-height: 1.35;
    }
    dd {
      margin: 0;
      font-size: 1.75rem;
      line-height: 1.15;
      font-weight: 650;
      letter-spacing: -0.01em;
      font-variant-numeric: tabular-nums;
    }
    .lead dd {
      color: var(--tl-accent);
    }
    .hid {
      font-size: 1.125rem;
      font-style: italic;
      font-weight: 450;
      color: var(--tl-muted);
      padding-block: 6px;
    }
    @media print {
      dl {
        grid-template-columns: repeat(3, 1fr);
      }
      div {
        break-inside: avoid;
      }
    }
  `,
})
export class HeadFigures {
  readonly of = input.required<ReportTotals>();
  readonly #texts = inject(Texts);

  protected readonly figures = computed(() => {
    const { familiesReached, personsAssisted, mediators, visits, minutes, helpedWithoutRecord } = this.of();
    const figure = (value: number | null) => (value === null ? null : this.#texts.figure(value));
    return [
      { label: this.#texts.text('reports.page.families'), value: figure(familiesReached), lead: true },
      { label: this.#texts.text('reports.page.persons'), value: figure(personsAssisted), lead: true },
      { label: this.#texts.text('reports.page.mediators'), value: figure(mediators), lead: false },
      { label: this.#texts.text('reports.page.visits'), value: figure(visits), lead: false },
      {
        label: this.#texts.text('reports.page.hours'),
        value: figure(minutes === null ? null : Math.round(minutes / 60)),
        lead: false,
      },
      { label: this.#texts.text('reports.page.withoutRecord'), value: figure(helpedWithoutRecord), lead: false },
    ];
  });
}
