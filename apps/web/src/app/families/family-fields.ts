import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { spokenLanguages, type FamilyDetails } from '@tilts/domain';
import { ChipOne, PhoneField, TextArea, TextField, TextPipe, type Form } from '@tilts/ui';
import { CodeLists } from '../codeLists/code-lists';

/** What is written about a family itself; the same in the registration and when it changes. */
@Component({
  selector: 'app-family-fields',
  imports: [ChipOne, PhoneField, TextArea, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-text
      [field]="form().field('name')"
      [label]="'families.field.name' | text"
      [hint]="'families.editor.nameHint' | text"
      autocomplete="off"
      required
    />
    <tl-chip-one [field]="form().field('language')" [label]="'families.field.language' | text" [options]="spoken()" />
    <tl-phone [field]="form().field('phone')" [label]="'families.field.phone' | text" />
    <tl-text [field]="form().field('address')" [label]="'families.field.address' | text" autocomplete="off" />
    <tl-textarea
      [field]="form().field('arrangement')"
      [label]="'families.field.arrangement' | text"
      [hint]="'families.editor.arrangementHint' | text"
      [rows]="2"
    />
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
  `,
})
export class FamilyFields<T extends FamilyDetails> {
  readonly form = input.required<Form<T>>();
  readonly #lists = inject(CodeLists);
  protected readonly spoken = computed(() => this.#lists.options(spokenLanguages));
}
