import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  inject,
  input,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import { dayOf, directoryEndpoints, type Day, type WorkingYear } from '@tilts/domain';
import { formatDay } from '@tilts/i18n';
import {
  Between,
  Button,
  Card,
  Confirm,
  EmptyState,
  List,
  Notice,
  PageFrame,
  Section,
  Snack,
  Tag,
  TextPipe,
  Texts,
  type IconName,
} from '@tilts/ui';
import { CALL } from '../../platform/call';
import { Awaiting, ProblemNotice } from '../../platform/problem';
import { read } from '../../platform/read';
import { ExceptionEditor } from './exception-editor';
import { YearCalendar } from './year-calendar';
import { exceptionsOf, holidaysOf, movedDaysMissing, type DayKind, type SpecialDay } from './year-plan';

const icons: Record<DayKind, IconName> = {
  holiday: 'calendar',
  'moved-free': 'pause',
  'moved-works': 'work',
  'all-free': 'flag',
  'all-works': 'work',
};

/** On which days institutions work: by them Tilts counts when an answer is due. Holidays are known; moved days are entered each autumn. */
@Component({
  selector: 'app-working-days-page',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    EmptyState,
    ExceptionEditor,
    List,
    Notice,
    PageFrame,
    ProblemNotice,
    RouterLink,
    Section,
    Tag,
    TextPipe,
    YearCalendar,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './working-days-page.html',
  styleUrl: './working-days-page.scss',
})
export class WorkingDaysPage {
  readonly year = input<string>();

  readonly #call = inject(CALL);
  readonly #confirm = inject(Confirm);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  protected readonly today = dayOf(new Date());
  protected readonly thisYear = Number(this.today.slice(0, 4));
  protected readonly shownYear = computed(() => {
    const year = Number(this.year());
    return Number.isInteger(year) && year >= 2000 && year <= 2099 ? year : this.thisYear;
  });
  protected readonly source = read(directoryEndpoints.workingYear, () => ({ input: { year: this.shownYear() } }));
  readonly #next = read(directoryEndpoints.workingYear, () => ({ input: { year: this.thisYear + 1 } }));
  /** As it was read, or as the last change left it. */
  protected readonly plan = linkedSignal(() => this.source.value());
  protected readonly exceptions = computed(() => this.#of(exceptionsOf));
  protected readonly holidays = computed(() => this.#of((plan) => holidaysOf(plan, this.#texts.language() !== 'lv')));
  protected readonly nextYearMissing = computed(() => {
    const next = this.shownYear() === this.thisYear + 1 ? this.plan() : this.#next.value();
    return next !== undefined && movedDaysMissing(this.today, next);
  });
  protected readonly legend: readonly DayKind[] = ['holiday', 'moved-free', 'moved-works', 'all-free'];
  protected readonly removing = signal<string | null>(null);
  protected readonly problem = signal<unknown>(null);
  private readonly own = viewChild<unknown, ElementRef<HTMLElement>>('own', { read: ElementRef });

  /** With the weekday also in another year, whose figure stands over the page. */
  protected nameOf(day: Day): string {
    return formatDay(this.#texts.language(), day, 'long');
  }

  protected iconOf(kind: DayKind): IconName {
    return icons[kind];
  }

  protected async take(plan: WorkingYear): Promise<void> {
    this.plan.set(plan);
    if (plan.year === this.thisYear + 1) this.#next.reload();
    await this.#snack.show(this.#texts.text('directory.workingDays.saved'));
  }

  protected async remove({ day, note }: SpecialDay): Promise<void> {
    const sure = await this.#confirm.ask({
      heading: this.#texts.text('directory.workingDays.removeAsk', { day: this.nameOf(day) }),
      text: note,
      yes: this.#texts.text('directory.workingDays.remove'),
      danger: true,
    });
    if (!sure || this.removing()) return;
    this.removing.set(day);
    this.problem.set(null);
    try {
      await this.take(await this.#call(directoryEndpoints.removeException, { input: { day } }));
      // The button that was pressed is gone.
      this.own()?.nativeElement.focus();
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.removing.set(null);
    }
  }

  protected print(): void {
    window.print();
  }

  #of(days: (plan: WorkingYear) => SpecialDay[]): SpecialDay[] {
    const plan = this.plan();
    return plan ? days(plan) : [];
  }
}
