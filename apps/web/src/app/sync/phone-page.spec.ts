import { renderPage } from '../platform/testing/render-page';
import { thisKindOfPhone } from './installed';
import { PhonePage } from './phone-page';
import { PhoneOfEntries } from './testing/phone-of-entries';

const families = () => ({ items: [{ id: 'a' }, { id: 'b' }], next: null });

it('The page of this phone tells what it holds and how safe it is there', async () => {
  // A browser that shows Tilts in a tab.
  window.matchMedia = () => ({ matches: false }) as MediaQueryList;
  const phone = new PhoneOfEntries();
  phone.persisted.set(false);
  phone.space.set({ used: 3_400_000, of: 2_400_000_000 });
  const { page, text } = await renderPage(PhonePage, { 'GET /api/families': families }, { providers: phone.providers });
  expect(page.textContent).toContain('2 ģimenes');
  expect(page.textContent).toContain('Tilts aizņem 3,4 MB, brīvi vēl 2,4 GB');
  expect(page.textContent).toContain(text('sync.phone.persistedNo'));
  expect(page.textContent).toContain(text('sync.realData.heading'));
  expect(page.querySelectorAll('ol li')).toHaveLength(3);
});

it('The steps of installing fit the phone', () => {
  expect(thisKindOfPhone('Mozilla/5.0 (Linux; Android 10; K) Chrome/120')).toBe('android');
  expect(thisKindOfPhone('Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari')).toBe('iphone');
  expect(thisKindOfPhone('Mozilla/5.0 (X11; Linux x86_64) Chrome/120')).toBe('other');
});
