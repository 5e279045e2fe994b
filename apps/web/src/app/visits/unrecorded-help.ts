import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  NewUnrecordedHelp,
  addDays,
  checkInput,
  dayOf,
  newId,
  unrecordedHelpEndpoints,
  type AssistanceKind,
  type NeedArea,
} from '@tilts/domain';
import { Button, ChipOne, EmptyState, Notice, PageFrame, TextPipe, Texts, formFor, type Option } from '@tilts/ui';
import { Session } from '../access/session';
import { CALL } from '../platform/call';
import { ProblemNotice } from '../platform/problem';
import { VisitChoices, shownFirst } from './visit-choices';
import { VisitMinutes } from './visit-minutes';

interface HelpForm {
  id: string;
  municipalityId: string;
  day: string;
  needArea: NeedArea | null;
  kind: AssistanceKind | null;
  minutes: number | null;
}

/** Help for somebody who says no to being recorded: three taps, no name, no code, no place where one could be typed. */
@Component({
  selector: 'app-unrecorded-help',
  imports: [Button, ChipOne, EmptyState, Notice, PageFrame, ProblemNotice, RouterLink, TextPipe, VisitMinutes],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './unrecorded-help.html',
  styles: `
    .next {
      display: grid;
      gap: 10px;
      max-inline-size: 420px;
    }
    .next[hidden] {
      display: none;
    }
  `,
})
export class UnrecordedHelpPage {
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly choices = inject(VisitChoices);
  protected readonly first = shownFirst;
  protected readonly saved = signal(false);

  protected readonly places = computed<Option<string>[]>(() =>
    (this.#session.me()?.workPlaces ?? []).map(({ municipalityId, name }) => ({ value: municipalityId, label: name })),
  );
  protected readonly days = computed<Option<string>[]>(() => {
    const today = dayOf(new Date());
    return [
      { value: today, label: this.#texts.text('visits.form.today') },
      { value: addDays(today, -1), label: this.#texts.text('visits.form.yesterday') },
    ];
  });
  protected readonly form = formFor<HelpForm>(this.#blank(), (form) => checkInput(NewUnrecordedHelp, form).problems);

  constructor() {
    effect(() => {
      const only = this.places()[0]?.value;
      if (only && !untracked(this.form.value).municipalityId) this.form.patch({ municipalityId: only });
    });
  }

  protected async save(): Promise<void> {
    await this.form.submit(async (form) => {
      // The check of the form has refused every null.
      await this.#call(unrecordedHelpEndpoints.create, {
        input: form as HelpForm & { needArea: NeedArea; kind: AssistanceKind; minutes: number },
      });
      this.saved.set(true);
      setTimeout(() => this.#host.nativeElement.querySelector<HTMLElement>('h1')?.focus());
    });
  }

  protected again(): void {
    this.form.reset(this.#blank());
    this.saved.set(false);
  }

  #blank(): HelpForm {
    return {
      id: newId(),
      municipalityId: this.places()[0]?.value ?? '',
      day: dayOf(new Date()),
      needArea: null,
      kind: null,
      minutes: null,
    };
  }
}
