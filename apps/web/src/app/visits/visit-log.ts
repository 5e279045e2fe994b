import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  dayOf,
  draftEndpoints,
  familyEndpoints,
  householdOf,
  personEndpoints,
  visitEndpoints,
  type DraftView,
  type VisitView,
} from '@tilts/domain';
import { Button, Confirm, MomentPipe, Notice, PageFrame, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { CallProblem } from '../platform/exchange';
import { Handed } from '../platform/handed';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { DraftMark } from './draft-mark';
import { KeptDraft } from './kept-draft';
import { VisitFields } from './visit-fields';
import { newVisitForm, type VisitForm } from './visit-form';
import { draftOf, formOfDraft, formOfRefused, newVisitOf, visitProblems, type VisitInput } from './visit-input';
import { VisitSaved } from './visit-saved';

/** One visit of one family being logged: takes up its draft, keeps it as it is typed, writes it once, and says what may follow. */
@Component({
  selector: 'app-visit-log',
  imports: [
    Awaiting,
    Button,
    DraftMark,
    MomentPipe,
    Notice,
    PageFrame,
    ProblemNotice,
    RouterLink,
    TextPipe,
    VisitFields,
    VisitSaved,
  ],
  providers: [KeptDraft],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-log.html',
  // Under the thumb and always in sight: where the words are, what went wrong, and the one button.
  styles: `
    .sending {
      display: grid;
      gap: 8px;
      grid-template-columns: minmax(0, 1fr);
      inline-size: 100%;
    }
    app-draft-mark {
      justify-self: center;
    }
    @media (min-width: 900px) {
      .sending {
        inline-size: min(100%, 420px);
      }
      app-draft-mark {
        justify-self: start;
      }
    }
  `,
})
export class VisitLog {
  readonly familyId = input.required<string>();
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #confirm = inject(Confirm);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  /** A visit that the office did not take, brought here to be corrected. */
  readonly #refused = inject(Handed).take<VisitInput>('POST /visits');
  protected readonly draft = inject(KeptDraft);

  protected readonly family = read(familyEndpoints.read, () => ({ params: { id: this.familyId() } }));
  protected readonly persons = read(personEndpoints.list, () => ({ input: { familyId: this.familyId() } }));
  protected readonly drafts = read(draftEndpoints.list, () => ({}));
  protected readonly members = computed(() => householdOf(this.familyId(), this.persons.value()?.items ?? []));

  protected readonly form = formFor<VisitForm>(newVisitForm(''), visitProblems);
  protected readonly open = signal(false);
  protected readonly restored = signal<DraftView | null>(null);
  protected readonly saved = signal<VisitView | null>(null);
  protected readonly heading = computed(() =>
    this.#texts.text('visits.form.heading', { today: this.form.value().day === dayOf(new Date()) ? 'yes' : 'no' }),
  );
  /** This visit was written before: by a first try whose answer was lost and after which something was changed. */
  protected readonly writtenBefore = computed(() => {
    const failure = this.form.failure();
    return failure instanceof CallProblem && failure.code === 'ID_TAKEN';
  });

  constructor() {
    effect(() => {
      const drafts = this.drafts.value();
      if (drafts && this.family.value() && this.persons.value()) untracked(() => this.#begin(drafts.items));
    });
    effect(() => {
      const form = this.form.value();
      if (this.open() && this.form.dirty())
        untracked(() =>
          this.draft.keep({ id: form.id, kind: 'visit', familyId: form.familyId, content: draftOf(form) }),
        );
    });
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((form) => this.#call(visitEndpoints.create, { input: newVisitOf(form) }));
    if (!saved) return;
    this.saved.set(saved);
    this.restored.set(null);
    setTimeout(() => this.#host.nativeElement.querySelector<HTMLElement>('h1')?.focus());
    await this.draft.finish(this.form.value().id);
  }

  protected async startAnew(): Promise<void> {
    const yes = await this.#confirm.ask({
      heading: this.#texts.text('visits.form.startAnewAsk'),
      text: this.#texts.text('visits.form.startAnewText'),
      yes: this.#texts.text('visits.form.startAnew'),
      danger: true,
    });
    if (!yes) return;
    await this.draft.finish(this.form.value().id);
    this.restored.set(null);
    this.form.reset(newVisitForm(this.familyId()));
    this.draft.anew();
  }

  #begin(drafts: readonly DraftView[]): void {
    if (this.open()) return;
    if (this.#refused?.familyId === this.familyId()) {
      this.form.reset(formOfRefused(this.#refused));
      this.open.set(true);
      return;
    }
    const kept = drafts.find((draft) => draft.kind === 'visit' && draft.familyId === this.familyId());
    const form = kept ? formOfDraft(kept.content) : null;
    if (kept && form) {
      this.form.reset(form);
      this.draft.opened(draftOf(form));
      this.restored.set(kept);
    } else {
      this.form.reset(newVisitForm(this.familyId()));
    }
    this.open.set(true);
  }
}
