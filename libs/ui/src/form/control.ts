import { Directive, booleanAttribute, computed, inject, input, model } from '@angular/core';
import type { FormField } from './form';
import { Texts } from '../text/texts';

let made = 0;

/** What every control has: a label, a hint, a value from a form's field or from `[(value)]`, and its problem in words. */
@Directive()
export abstract class Control<V> {
  readonly label = input.required<string>();
  readonly hint = input<string>();
  readonly required = input(false, { transform: booleanAttribute });
  readonly disabled = input(false, { transform: booleanAttribute });
  /** The label is there for screen readers only, where the place already says it. */
  readonly labelHidden = input(false, { transform: booleanAttribute });
  readonly field = input<FormField<V | null | undefined>>();
  readonly value = model<V | null | undefined>();

  readonly #own = `tl-control-${++made}`;
  readonly #texts = inject(Texts);
  protected readonly id = computed(() => this.field()?.id ?? this.#own);
  protected readonly current = computed(() => (this.field() ? this.field()?.value() : this.value()));
  protected readonly problem = computed(() => {
    const problem = this.field()?.problem();
    return problem
      ? (this.#texts.textOfCode(`fieldErrors.${problem.code}`, problem.params) ??
          this.#texts.text('fieldErrors.malformed'))
      : null;
  });
  protected readonly describedBy = computed(
    () =>
      [this.hint() ? `${this.id()}-hint` : '', this.problem() ? `${this.id()}-problem` : '']
        .filter(Boolean)
        .join(' ') || null,
  );

  protected change(value: V | null): void {
    this.field()?.set(value);
    this.value.set(value);
  }

  protected leave(): void {
    this.field()?.leave();
  }

  protected textIn(event: Event): string {
    return (event.target as HTMLInputElement).value;
  }
}
