import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import {
  dayOf,
  mediatorEndpoints,
  monthOf,
  monthsFromTo,
  reportEndpoints,
  type FileKind,
  type OutcomeReport,
  type ProjectView,
} from '@tilts/domain';
import { BarChart, Button, Card, DataTable, PageFrame, Section, SelectField, Snack, TextPipe, Texts } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, problemText } from '../platform/problem';
import { read } from '../platform/read';
import { HeadFigures } from './head-figures';
import { ReachTable, type ReachRow } from './reach-table';
import { saveAsFile } from '../platform/save-as-file';

/** The outcome report as a document on the screen: every figure counted from records, small ones hidden, the rule beside them. */
@Component({
  selector: 'app-report-page',
  imports: [
    Awaiting,
    BarChart,
    Button,
    Card,
    DataTable,
    HeadFigures,
    PageFrame,
    ReachTable,
    Section,
    SelectField,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './report-page.html',
  styleUrl: './report-page.scss',
})
export class ReportPage {
  /** What is asked for stands in the address, so that a report can be found again. */
  readonly project = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();

  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  protected readonly texts = inject(Texts);
  protected readonly thisMonth = monthOf(dayOf(new Date()));

  protected readonly projects = read(mediatorEndpoints.projects, () => ({}));
  readonly #listed = computed(() =>
    [...(this.projects.value()?.items ?? [])].sort((a, b) => b.startsOn.localeCompare(a.startsOn)),
  );
  protected readonly options = computed(() =>
    this.#listed().map((project) => ({ value: project.id, label: this.nameOf(project) })),
  );
  protected readonly shown = computed(
    () => this.#listed().find((project) => project.id === this.project()) ?? this.#listed()[0],
  );

  protected readonly asked = computed(() => {
    const project = this.shown();
    if (!project) return undefined;
    const whole = this.#wholeOf(project);
    return { project: project.id, from: this.from() ?? whole.from, to: this.to() ?? whole.to };
  });
  /** Every month of the project up to now, the newest first: a picker of the browser would speak the browser's language. */
  protected readonly monthsToChoose = computed(() => {
    const project = this.shown();
    const { from, to } = project ? this.#wholeOf(project) : { from: this.thisMonth, to: this.thisMonth };
    return monthsFromTo(from, to)
      .reverse()
      .map((value) => ({ value, label: this.texts.month(value) }));
  });
  protected readonly report = read(reportEndpoints.outcomes, () => {
    const input = this.asked();
    return input && { input };
  });

  protected nameOf(project: ProjectView): string {
    return this.texts.language() === 'en' ? project.nameEn : project.name;
  }

  protected readonly funder = computed(() => {
    const project = this.shown();
    return (this.texts.language() === 'en' ? project?.funderEn : project?.funder) ?? null;
  });

  /** Of which project and period: over the title, and the only place that says it on paper. */
  protected readonly about = computed(() => {
    const [asked, project] = [this.asked(), this.shown()];
    if (!asked || !project) return this.texts.text('reports.page.eyebrow');
    const [name, from, to] = [this.nameOf(project), this.texts.month(asked.from), this.texts.month(asked.to)];
    return from === to ? `${name} · ${from}` : `${name} · ${from} – ${to}`;
  });

  /** One sentence with the headline figures; the strong parts stand between asterisks in the text. */
  protected sentence(report: OutcomeReport): { text: string; strong: boolean }[] {
    const { mediators, familiesReached, personsAssisted } = report.totals;
    const municipalities = report.municipalities.filter((row) => row.mediators > 0).length;
    const months = report.months.length;
    const text =
      familiesReached === null || personsAssisted === null
        ? this.texts.text('reports.summaryHidden', { mediators })
        : this.texts.text('reports.summary', {
            mediators,
            municipalities,
            months,
            families: familiesReached,
            persons: personsAssisted,
          });
    return text.split('**').map((part, i) => ({ text: part, strong: i % 2 === 1 }));
  }

  protected municipalities(report: OutcomeReport): ReachRow[] {
    return report.municipalities.map((row) => ({ ...row, label: row.name, detail: row.atvk }));
  }

  protected months(report: OutcomeReport): ReachRow[] {
    return report.months.map((row) => ({ ...row, label: this.#shortMonth(row.month) }));
  }

  protected channels(report: OutcomeReport): ReachRow[] {
    return report.channels.map((row) => ({ ...row, label: this.texts.text(`visits.channel.${row.channel}`) }));
  }

  protected needs(report: OutcomeReport): { label: string; value: number | null }[] {
    return report.needs.map((row) => ({
      label: this.texts.text(`directory.needArea.${row.needArea}`),
      value: row.personsAssisted,
    }));
  }

  protected outcomes(report: OutcomeReport): { label: string; value: number | null }[] {
    return report.outcomes
      .filter((row) => row.count !== 0)
      .map((row) => ({ label: this.texts.text(`outcomes.type.${row.type}`), value: row.count }));
  }

  /** Kinds of help folded below their need area, only those that happened or are hidden. */
  protected help(report: OutcomeReport) {
    const figure = (value: number | null) => (value === null ? this.texts.text('ui.hidden') : this.texts.figure(value));
    return report.needs
      .filter((need) => need.familiesReached !== 0)
      .map((need) => ({
        area: this.texts.text(`directory.needArea.${need.needArea}`),
        summary: this.texts.text('reports.page.areaSummary', {
          families: figure(need.familiesReached),
          persons: figure(need.personsAssisted),
        }),
        kinds: report.help
          .filter((row) => row.needArea === need.needArea && row.familiesReached !== 0)
          .map((row) => ({
            kind: this.texts.text(`visits.assistance.${row.kind}`),
            families: row.familiesReached,
            persons: row.personsAssisted,
          })),
      }));
  }

  protected funnel(report: OutcomeReport): { label: string; value: number | null }[] {
    const steps = ['sent', 'received', 'accepted', 'completed', 'declined', 'withdrawn', 'unanswered'] as const;
    return steps.map((step) => ({ label: this.texts.text(`reports.column.${step}`), value: report.referrals[step] }));
  }

  protected choose(project: string | null | undefined): void {
    const chosen = this.#listed().find((one) => one.id === project);
    if (chosen) this.#ask({ project: chosen.id, ...this.#wholeOf(chosen) });
  }

  protected period(part: 'from' | 'to', month: string | null | undefined): void {
    const asked = this.asked();
    if (asked && month && month !== asked[part]) this.#ask({ ...asked, [part]: month });
  }

  protected async download(kind: FileKind): Promise<void> {
    const input = this.asked();
    if (!input) return;
    try {
      // The mark at the front tells Excel that a text is UTF-8; reading an answer as text takes it away.
      const content =
        kind === 'csv'
          ? `\uFEFF${(await this.#call(reportEndpoints.outcomesCsv, { input })).replace(/^\uFEFF/, '')}`
          : await this.#call(reportEndpoints.outcomesXlsx, { input });
      // A neutral name: a file on somebody's desk tells nothing.
      saveAsFile(`report-${input.from}-${input.to}`, kind, content);
    } catch (problem) {
      await this.#snack.show(problemText(this.texts, problem));
    }
  }

  protected print(): void {
    window.print();
  }

  #shortMonth(month: string): string {
    return new Intl.DateTimeFormat(this.texts.language(), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
      new Date(`${month}-01T00:00:00Z`),
    );
  }

  #wholeOf(project: ProjectView): { from: string; to: string } {
    const end = project.endsOn && monthOf(project.endsOn) < this.thisMonth ? monthOf(project.endsOn) : this.thisMonth;
    return { from: monthOf(project.startsOn), to: end };
  }

  #ask(queryParams: { project: string; from: string; to: string }): void {
    void this.#router.navigate([], { queryParams, replaceUrl: true });
  }
}
