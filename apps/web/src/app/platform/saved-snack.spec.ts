import { TestBed } from '@angular/core/testing';
import { loadCatalogue } from '@tilts/i18n';
import { Snack, Texts, provideTexts } from '@tilts/ui';
import { LocalCopy, type Whereabouts } from './local-copy';
import { SavedSnack } from './saved-snack';

describe('What is told after something was done', () => {
  it.each<[Whereabouts | undefined, string | undefined]>([
    ['office', 'Nosūtījums ir nosūtīts'],
    [undefined, 'Nosūtījums ir nosūtīts'],
    ['phone', 'Saglabāts šajā tālrunī. Citi to uzzinās, kad būs internets.'],
    ['needsYou', undefined],
  ])('never says more than holds: %s', async (where, words) => {
    const told: string[] = [];
    TestBed.configureTestingModule({
      providers: [
        provideTexts((wanted) => loadCatalogue[wanted]()),
        { provide: LocalCopy, useValue: { where: () => where } },
        { provide: Snack, useValue: { show: async (said: string) => void told.push(said) } },
      ],
    });
    await TestBed.inject(Texts).use('lv');
    await TestBed.inject(SavedSnack).show('r', 'Nosūtījums ir nosūtīts');
    expect(told[0]).toBe(words);
  });
});
