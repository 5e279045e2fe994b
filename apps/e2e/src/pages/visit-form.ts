import { expect, type Locator, type Page } from '@playwright/test';
import type { AssistanceKind, NeedArea } from '@tilts/domain';
import { begins, text } from '../texts.js';
import { chip } from './registration.js';

/** Where things are in the visit form; the test decides how they are pressed. */
export class VisitFormPage {
  constructor(private readonly page: Page) {}

  async opened(): Promise<this> {
    await expect(this.save).toBeVisible();
    return this;
  }

  met(who: string): Locator {
    return chip(this.page, text('visits.form.met'), who);
  }

  area(area: NeedArea): Locator {
    return chip(this.page, text('visits.form.areas'), text(`visits.form.area.${area}`));
  }

  kind(kind: AssistanceKind): Locator {
    return chip(this.page, text('visits.form.kinds'), text(`visits.form.kind.${kind}`));
  }

  /** The need areas in which this kind of help was given; asked only when there are several. */
  areaOf(kind: AssistanceKind, area: NeedArea): Locator {
    return chip(
      this.page,
      text('visits.form.areasOf', { kind: text(`visits.form.kind.${kind}`) }),
      text(`visits.form.area.${area}`),
    );
  }

  everyoneMet(kind: AssistanceKind, count: number): Locator {
    const words = count === 1 ? text('visits.form.forOneMet') : text('visits.form.forEveryoneMet', { count });
    return chip(this.page, text('visits.form.forWhomOf', { kind: text(`visits.form.kind.${kind}`) }), words);
  }

  helped(kind: AssistanceKind, who: string): Locator {
    return chip(this.page, text('visits.form.personsOf', { kind: text(`visits.form.kind.${kind}`) }), who);
  }

  minutes(minutes: number): Locator {
    return this.page.getByRole('radio', { name: String(minutes), exact: true });
  }

  /** Shows the rest of a group of chips. */
  more(group: 'areas' | 'kinds'): Locator {
    return this.page.getByRole('group', { name: begins(text(`visits.form.${group}`)) }).getByRole('button');
  }

  get save(): Locator {
    return this.page.getByRole('button', { name: text('visits.form.save'), exact: true });
  }

  get draftKept(): Locator {
    return this.page.getByText(text('visits.draft.saved'));
  }

  get draftRestored(): Locator {
    return this.page.getByText(text('visits.form.restored'));
  }

  /** Resolves when the page says that the visit is safe. */
  async saved(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: text('visits.saved.heading') })).toBeVisible();
  }
}
