import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked } from '@angular/core';
import { Router } from '@angular/router';
import {
  FamilyChange,
  FamilyDetails,
  checkInput,
  closeReasons,
  declaredOf,
  familyEndpoints,
  familyStatuses,
  type FamilyView,
} from '@tilts/domain';
import { Button, ChipOne, PageFrame, Snack, TextPipe, Texts, formFor } from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';
import { CALL } from '../platform/call';
import { Handed } from '../platform/handed';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';
import { FamilyFields } from './family-fields';

type FamilyForm = FamilyDetails & Pick<FamilyChange, 'status' | 'closeReason' | 'version'>;

/** What is written about a family, and whether the work with it goes on. */
@Component({
  selector: 'app-family-editor',
  imports: [Awaiting, Button, ChipOne, FamilyFields, PageFrame, ProblemNotice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page [heading]="'families.editor.change' | text" [back]="family.value()?.code" [backLink]="['/families', id()]">
      <app-awaiting [of]="family" shape="text" />
      @if (family.value()) {
        <form (submit)="save(); $event.preventDefault()" novalidate>
          <app-family-fields [form]="form" />
          <tl-chip-one
            [field]="form.field('status')"
            [label]="'families.field.status' | text"
            [options]="statuses()"
            required
          />
          @if (form.value().status === 'closed') {
            <tl-chip-one
              [field]="form.field('closeReason')"
              [label]="'families.field.closeReason' | text"
              [options]="reasons()"
              required
            />
          }
          <app-problem [of]="form.failure()" />
          <button tlButton wide type="submit" [busy]="form.sending()">{{ 'families.editor.save' | text }}</button>
        </form>
      }
    </tl-page>
  `,
  styles: `
    form {
      display: grid;
      gap: 20px;
    }
  `,
})
export class FamilyEditor {
  readonly id = input.required<string>();
  readonly #call = inject(CALL);
  readonly #router = inject(Router);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #lists = inject(CodeLists);
  /** What the office did not take, brought here to be corrected. */
  readonly #refused = inject(Handed).take<FamilyForm>('PUT /families/{id}');
  #version = 0;

  protected readonly family = read(familyEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly form = formFor<FamilyForm>(
    { name: '', version: 1, status: 'active' },
    (value) => checkInput(FamilyChange, value).problems,
  );
  protected readonly statuses = computed(() =>
    familyStatuses.values.map((value) => ({ value, label: this.#texts.text(`families.status.${value}`) })),
  );
  protected readonly reasons = computed(() => this.#lists.options(closeReasons));

  constructor() {
    effect(() => {
      const family = this.family.value();
      // What is being typed is not swept away by what came from elsewhere: saved over it, the two are put together.
      if (!family || family.version === this.#version || untracked(this.form.dirty)) return;
      const refused = this.#version === 0 ? this.#refused : undefined;
      this.#version = family.version;
      this.form.reset(refused ? { ...formOf(family), ...refused, version: family.version } : formOf(family));
    });
  }

  protected async save(): Promise<void> {
    const saved = await this.form.submit((value) =>
      this.#call(familyEndpoints.change, {
        params: { id: this.id() },
        input: { ...value, closeReason: value.status === 'closed' ? value.closeReason : null },
      }),
    );
    if (!saved) return;
    await this.#snack.show(this.#texts.text('families.editor.saved'));
    await this.#router.navigate(['/families', this.id()]);
  }
}

function formOf(family: FamilyView): FamilyForm {
  const { status, closeReason, version } = family;
  return { ...declaredOf(FamilyDetails, family), status, closeReason, version };
}
