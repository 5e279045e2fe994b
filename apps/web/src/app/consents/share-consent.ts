import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import {
  consentEndpoints,
  currentNoticeVersion,
  dayOf,
  isChild,
  newId,
  type ConsentView,
  type FamilyView,
  type InstitutionKind,
  type NeedArea,
  type PersonView,
} from '@tilts/domain';
import { Button, Notice, SelectField, TextPipe, Texts, Tick } from '@tilts/ui';
import { CALL } from '../platform/call';
import { ProblemNotice } from '../platform/problem';

/** The yes to telling one thing to one kind of institution, taken on the spot. */
@Component({
  selector: 'app-share-consent',
  imports: [Button, Notice, ProblemNotice, SelectField, TextPipe, Tick],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-notice tone="wait" [heading]="'consents.share.needed' | text">
      <p class="aloud">{{ words() }}</p>
      @if (child()) {
        @if (guardians().length > 0) {
          <tl-select [label]="'consents.share.guardian' | text" [options]="guardians()" [(value)]="guardian" required />
        } @else {
          <p>{{ 'consents.share.noAdult' | text }}</p>
        }
      }
      <tl-tick [label]="'consents.share.read' | text" [(value)]="heard" />
      <tl-tick [label]="'consents.share.yes' | text" [(value)]="yes" />
      <app-problem [of]="problem()" />
      <button type="button" tlButton="secondary" [busy]="saving()" [disabled]="!ready()" (click)="record()">
        {{ 'consents.share.record' | text }}
      </button>
    </tl-notice>
  `,
  styles: `
    .aloud {
      margin-block-end: 8px;
    }
    button {
      margin-block-start: 8px;
    }
  `,
})
export class ShareConsent {
  readonly family = input.required<FamilyView>();
  readonly person = input.required<PersonView>();
  readonly household = input.required<readonly PersonView[]>();
  readonly purpose = input.required<NeedArea>();
  readonly recipientKind = input.required<InstitutionKind>();
  readonly recorded = output<ConsentView>();

  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #id = newId();
  protected readonly heard = signal<boolean | null | undefined>(false);
  protected readonly yes = signal<boolean | null | undefined>(false);
  protected readonly guardian = signal<string | null | undefined>(null);
  protected readonly saving = signal(false);
  protected readonly problem = signal<unknown>(undefined);

  protected readonly child = computed(() => isChild(this.person(), dayOf(new Date())));
  protected readonly guardians = computed(() =>
    this.household()
      .filter((one) => one.id !== this.person().id && !isChild(one, dayOf(new Date())))
      .map((one) => ({ value: one.id, label: one.firstName })),
  );
  protected readonly ready = computed(
    () => this.heard() === true && this.yes() === true && (!this.child() || !!this.guardian()),
  );
  protected readonly words = computed(() =>
    this.#texts.text(this.child() ? 'consents.share.aloudChild' : 'consents.share.aloud', {
      name: this.person().firstName,
      recipient: this.#texts.text(`directory.kind.${this.recipientKind()}`),
      purpose: this.#texts.text(`directory.needArea.${this.purpose()}`),
    }),
  );

  protected async record(): Promise<void> {
    if (this.saving()) return;
    this.saving.set(true);
    this.problem.set(undefined);
    try {
      const consent = await this.#call(consentEndpoints.create, {
        input: {
          id: this.#id,
          familyId: this.family().id,
          personId: this.person().id,
          kind: 'share',
          purpose: this.purpose(),
          recipientKind: this.recipientKind(),
          giver: this.child() ? 'guardian' : 'person',
          guardianId: this.child() ? this.guardian() : null,
          givenOn: dayOf(new Date()),
          noticeVersion: currentNoticeVersion,
          noticeRead: true,
          spokenYes: true,
        },
      });
      this.recorded.emit(consent);
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.saving.set(false);
    }
  }
}
