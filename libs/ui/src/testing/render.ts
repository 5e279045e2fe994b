import type { Type } from '@angular/core';
import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { loadCatalogue, type Language } from '@tilts/i18n';
import { provideTexts } from '../text/provide-texts';
import { Texts } from '../text/texts';

/** A part on a page as a person meets it: with texts in a language, and found by what a screen reader would say. */
export interface Rendered<T> {
  fixture: ComponentFixture<T>;
  page: HTMLElement;
  texts: Texts;
  /** The first element that fits; fails loudly when none does. */
  one<E extends HTMLElement = HTMLElement>(selector: string): E;
  settle(): Promise<void>;
}

export async function render<T>(part: Type<T>, language: Language = 'lv'): Promise<Rendered<T>> {
  TestBed.configureTestingModule({ providers: [provideTexts((wanted) => loadCatalogue[wanted]()), provideRouter([])] });
  const texts = TestBed.inject(Texts);
  await texts.use(language);
  const fixture = TestBed.createComponent(part);
  const page = fixture.nativeElement as HTMLElement;
  document.body.append(page);
  await fixture.whenStable();
  return {
    fixture,
    page,
    texts,
    one<E extends HTMLElement>(selector: string): E {
      const found = page.querySelector<E>(selector);
      if (!found) throw new Error(`Nothing fits ${selector}`);
      return found;
    },
    settle: () => fixture.whenStable(),
  };
}
