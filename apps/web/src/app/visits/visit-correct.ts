import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { checkInput, householdOf, newId, personEndpoints, VisitCorrection, visitEndpoints } from '@tilts/domain';
import { Button, Card, PageFrame, Snack, TextArea, TextPipe, Texts, Tick, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { VisitFields } from './visit-fields';
import { newVisitForm, type VisitForm } from './visit-form';
import { correctionOf, formOfVisit, visitProblems } from './visit-input';

/** The same form over a written visit. What is saved is a new version; the old one is kept. A visit that never was can be voided. */
@Component({
  selector: 'app-visit-correct',
  imports: [Awaiting, Button, Card, PageFrame, ProblemNotice, TextArea, TextPipe, Tick, VisitFields],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './visit-correct.html',
})
export class VisitCorrect {
  readonly id = input.required<string>();
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  /** Made once: a second tap writes the same correction. */
  readonly #correctionId = newId();

  protected readonly visit = read(visitEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly persons = read(personEndpoints.list, () => {
    const familyId = this.visit.value()?.familyId;
    return familyId ? { input: { familyId } } : undefined;
  });
  protected readonly members = computed(() =>
    householdOf(this.visit.value()?.familyId ?? '', this.persons.value()?.items ?? []),
  );
  protected readonly open = signal(false);
  protected readonly voiding = formFor({ voided: false, correctionReason: null as string | null }, (value) =>
    value.voided && !value.correctionReason?.trim() ? [{ field: 'correctionReason', code: 'required' }] : [],
  );
  protected readonly form = formFor<VisitForm>(newVisitForm(''), (form) =>
    this.voiding.value().voided ? [] : this.#problems(form),
  );

  constructor() {
    effect(() => {
      const visit = this.visit.value();
      if (!visit || !this.persons.value() || untracked(this.open)) return;
      this.form.reset(formOfVisit(visit));
      this.open.set(true);
    });
  }

  protected async save(): Promise<void> {
    if (this.voiding.showProblems()) return;
    const { voided } = this.voiding.value();
    const saved = await this.form.submit((form) =>
      this.#call(visitEndpoints.correct, { params: { id: this.id() }, input: this.#input(form) }),
    );
    if (!saved) return;
    await this.#router.navigate(['/visits', this.id()]);
    void this.#snack.show(this.#texts.text(voided ? 'visits.correct.voidSaved' : 'visits.correct.saved'));
  }

  #input(form: VisitForm): ReturnType<typeof correctionOf> {
    return correctionOf(form, {
      id: this.#correctionId,
      version: this.visit.value()?.version ?? 1,
      ...this.voiding.value(),
    });
  }

  #problems(form: VisitForm): ReturnType<typeof visitProblems> {
    return checkInput(VisitCorrection, this.#input(form)).problems;
  }
}
