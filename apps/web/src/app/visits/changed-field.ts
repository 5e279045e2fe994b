import { computed, untracked } from '@angular/core';
import type { Form, FormField } from '@tilts/ui';
import type { VisitForm } from './visit-form';

/**
 * A field whose change is a tap with consequences (`toggleArea`, `meet` …) instead of a plain value:
 * a control shows `shown` of the form and every tap goes through `tapped`.
 */
export function changedField<V>(
  form: Form<VisitForm>,
  path: string,
  shown: (form: VisitForm) => V,
  tapped: (form: VisitForm, to: V) => VisitForm,
): FormField<V | null | undefined> {
  const field = form.at<unknown>(path);
  return {
    path: field.path,
    id: field.id,
    value: computed(() => shown(form.value())),
    set: (to) => {
      if (to !== null && to !== undefined) form.patch(tapped(untracked(form.value), to));
    },
    leave: () => undefined,
    problem: field.problem,
  };
}

/** What was added to or taken from a list of ticked chips by one tap. */
export function tappedOf<V>(before: readonly V[], after: readonly V[]): V | undefined {
  return after.find((value) => !before.includes(value)) ?? before.find((value) => !after.includes(value));
}
