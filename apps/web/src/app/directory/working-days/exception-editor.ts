import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { WorkingDayException, checkInput, directoryEndpoints, type WorkingYear } from '@tilts/domain';
import { Button, CardChoice, DateField, Notice, TextField, TextPipe, Texts, formFor, type IconName } from '@tilts/ui';
import { CALL } from '../../platform/call';
import type { Fields } from '../../platform/exchange';
import { ProblemNotice } from '../../platform/problem';
import { plainlyWorks } from './year-plan';

const kinds = {
  'moved-free': { works: false, moved: true },
  'moved-works': { works: true, moved: true },
  'all-free': { works: false, moved: false },
} as const;
type Kind = keyof typeof kinds;

const icons: Record<Kind, IconName> = { 'moved-free': 'pause', 'moved-works': 'work', 'all-free': 'flag' };

interface ExceptionForm {
  kind: Kind | null;
  day: string;
  note: string;
}

/** One more day on which people work otherwise than weekends and holidays say. What was said of it before is replaced. */
@Component({
  selector: 'app-exception-editor',
  imports: [Button, CardChoice, DateField, Notice, ProblemNotice, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <form class="tl-stack" novalidate (submit)="save(); $event.preventDefault()">
      <tl-card-choice
        [field]="$any(form.field('kind'))"
        [label]="'directory.workingDays.what' | text"
        [options]="options()"
        required
      />
      <tl-date
        [field]="form.field('day')"
        [label]="'directory.workingDays.day' | text"
        [min]="year().year + '-01-01'"
        [max]="year().year + '-12-31'"
        required
      />
      @if (already(); as words) {
        <tl-notice tone="wait" [live]="true">{{ words }}</tl-notice>
      }
      <tl-text
        [field]="form.field('note')"
        [label]="'directory.workingDays.note' | text"
        [hint]="'directory.workingDays.noteHint' | text"
        [max]="200"
        required
      />
      <app-problem [of]="form.failure()" />
      <div>
        <button tlButton type="submit" icon="add" [busy]="form.sending()">
          {{ 'directory.workingDays.add' | text }}
        </button>
      </div>
    </form>
  `,
})
export class ExceptionEditor {
  readonly year = input.required<WorkingYear>();
  readonly saved = output<WorkingYear>();
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  protected readonly options = computed(() =>
    (Object.keys(kinds) as Kind[]).map((value) => ({
      value,
      label: this.#texts.text(`directory.workingDays.kind.${value}`),
      detail: this.#texts.text(`directory.workingDays.kindSays.${value}`),
      icon: icons[value],
    })),
  );
  protected readonly form = formFor<ExceptionForm>(blank(), (value) => [
    ...(value.kind ? [] : [{ field: 'kind', code: 'required' }]),
    ...checkInput(WorkingDayException, exceptionOf(value)).problems,
  ]);
  /** What makes the entry superfluous or replaces another one. */
  protected readonly already = computed(() => {
    const { day, kind } = this.form.value();
    if (!day || !kind) return null;
    if (this.year().exceptions.some((one) => one.day === day))
      return this.#texts.text('directory.workingDays.replaces');
    if (!day.startsWith(`${this.year().year}-`) || plainlyWorks(day, this.year()) !== kinds[kind].works) return null;
    return this.#texts.text(`directory.workingDays.${kinds[kind].works ? 'worksAnyway' : 'freeAnyway'}`);
  });

  protected async save(): Promise<void> {
    const year = await this.form.submit((value) =>
      this.#call(directoryEndpoints.putException, { input: exceptionOf(value) }),
    );
    if (!year) return;
    this.form.reset({ ...blank(), kind: this.form.value().kind });
    this.saved.emit(year);
  }
}

function blank(): ExceptionForm {
  return { kind: null, day: '', note: '' };
}

function exceptionOf({ kind, day, note }: ExceptionForm): Fields<WorkingDayException> {
  return { day, note, ...kinds[kind ?? 'moved-free'] };
}
