import { TestBed } from '@angular/core/testing';
import { loadCatalogue } from '@tilts/i18n';
import { Texts, provideTexts } from '@tilts/ui';
import type { Phone } from './phone';
import { stateOfPhone } from './state-of-phone';
import { PhoneOfEntries, anUnsent } from './testing/phone-of-entries';

async function words(phone: PhoneOfEntries): Promise<string> {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: [provideTexts((wanted) => loadCatalogue[wanted]())] });
  const texts = TestBed.inject(Texts);
  await texts.use('lv');
  return stateOfPhone(phone as unknown as Phone, texts).words;
}
const waiting = (count: number) => Array.from({ length: count }, (_, i) => anUnsent({ seq: i + 1 }));

describe('The state of this phone', () => {
  it.each([
    [1, '1 tālrunī, vēl nav nosūtīts'],
    [2, '2 tālrunī, vēl nav nosūtīti'],
    [11, '11 tālrunī, vēl nav nosūtīti'],
    [21, '21 tālrunī, vēl nav nosūtīts'],
  ])('counts %i', async (count, expected) => {
    expect(await words(new PhoneOfEntries(...waiting(count)))).toBe(expected);
  });

  it('names what needs its person before what goes by itself', async () => {
    const phone = new PhoneOfEntries(...waiting(2), anUnsent({ seq: 3, state: 'refused' }));
    expect(await words(phone)).toBe('1 gaida Jūs · 2 vēl tālrunī');
    phone.online.set(false);
    expect(stateWordsAreAbout(await words(phone))).toBe('gaida Jūs');
  });

  it('is calm without a network', async () => {
    const phone = new PhoneOfEntries(...waiting(2));
    phone.online.set(false);
    expect(await words(phone)).toBe('Nav interneta · 2 glabājas tālrunī');
  });

  it('says „all sent” only when the office has agreed', async () => {
    const phone = new PhoneOfEntries();
    phone.lastContact.set('2026-01-02T10:40:00Z');
    expect(await words(phone)).toBe('Viss nosūtīts · 02.01. 12:40');
    phone.lastContact.set(null);
    expect(await words(phone)).toBe('Sazinās ar serveri…');
    const unsure = Object.assign(new PhoneOfEntries(), { allSent: () => false });
    expect(await words(unsure)).toBe('Sazinās ar serveri…');
    unsure.online.set(false);
    expect(await words(unsure)).not.toContain('nosūtīts');
  });

  it('counts the families that have come', async () => {
    const phone = new PhoneOfEntries();
    phone.progress.set({ have: 12, of: 40 });
    expect(await words(phone)).toBe('Ielādē Jūsu ģimenes: 12 no 40');
  });
});

function stateWordsAreAbout(text: string): string {
  return /gaida Jūs/.exec(text)?.[0] ?? text;
}
