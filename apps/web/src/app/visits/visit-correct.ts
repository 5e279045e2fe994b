import { ChangeDetectionStrategy, Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import { checkInput, householdOf, newId, personEndpoints, VisitCorrection, visitEndpoints } from '@tilts/domain';
import { Button, Card, PageFrame, Snack, TextArea, TextPipe, Texts, Tick, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Handed } from '../platform/handed';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { VisitFields } from './visit-fields';
import { newVisitForm, type VisitForm } from './visit-form';
import { correctionOf, formOfVisit, visitProblems, type CorrectionInput } from './visit-input';

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
  /** A correction that the office did not take, brought here to be corrected itself. */
  readonly #refused = inject(Handed).take<CorrectionInput>('POST /visits/{id}/corrections');
  /** Made once: a second tap writes the same correction. */
  readonly #correctionId = this.#refused?.id ?? newId();

  protected readonly visit = read(visitEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly persons = read(personEndpoints.list, () => {
    const familyId = this.visit.value()?.familyId;
    return familyId ? { input: { familyId } } : undefined;
  });
  protected readonly members = computed(() =>
    householdOf(this.visit.value()?.familyId ?? '', this.persons.value()?.items ?? []),
  );
  /** The one that was read: the copy may move on beneath the form. */
  #version = 1;
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
      this.#version = visit.version;
      this.form.reset(formOfVisit(this.#refused ? { ...visit, ...this.#refused, id: visit.id } : visit));
      if (this.#refused)
        this.voiding.reset({
          voided: this.#refused.voided,
          correctionReason: this.#refused.correctionReason ?? null,
        });
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
      version: this.#version,
      ...this.voiding.value(),
    });
  }

  #problems(form: VisitForm): ReturnType<typeof visitProblems> {
    return checkInput(VisitCorrection, this.#input(form)).problems;
  }
}
