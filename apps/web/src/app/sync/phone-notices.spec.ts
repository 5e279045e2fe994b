import { renderPage } from '../platform/testing/render-page';
import { PhoneNotices } from './phone-notices';
import { PhoneOfEntries } from './testing/phone-of-entries';

const opened = (phone: PhoneOfEntries, atHome = true) =>
  renderPage(PhoneNotices, {}, { inputs: { atHome }, providers: phone.providers });

describe('Notices about this phone', () => {
  beforeEach(() => localStorage.clear());

  it('say once on a device that real data do not belong on it', async () => {
    const { page, press, text } = await opened(new PhoneOfEntries());
    expect(page.textContent).toContain(text('sync.realData.heading'));
    await press(text('sync.realData.seen'));
    expect(page.textContent).not.toContain(text('sync.realData.heading'));
  });

  it('do not say it again', async () => {
    localStorage.setItem('tilts.real-data-notice', 'seen');
    const { page } = await opened(new PhoneOfEntries());
    expect(page.textContent.trim()).toBe('');
  });

  it('do not interrupt a form with it, but with trouble on every page', async () => {
    const phone = new PhoneOfEntries();
    phone.trouble.set('full');
    const { page, text } = await opened(phone, false);
    expect(page.textContent).not.toContain(text('sync.realData.heading'));
    expect(page.querySelector('[role=alert]')?.textContent).toContain(text('sync.trouble.full.heading'));
  });

  it('warn before the disk is full, and no more once it is', async () => {
    const phone = new PhoneOfEntries();
    phone.space.set({ used: 80_000_000, of: 120_000_000 });
    const { page, text, settle } = await opened(phone, false);
    expect(page.textContent.trim()).toBe('');
    phone.space.set({ used: 110_000_000, of: 120_000_000 });
    await settle();
    expect(page.textContent).toContain(text('sync.lowSpace.heading'));
    phone.trouble.set('full');
    await settle();
    expect(page.textContent).not.toContain(text('sync.lowSpace.heading'));
  });

  it('tell that something was lost until it was read', async () => {
    const phone = new PhoneOfEntries();
    phone.cameBackWithLess.set(true);
    const { page, press, text } = await opened(phone, false);
    await press(text('sync.less.seen'));
    expect(page.textContent).not.toContain(text('sync.less.heading'));
    expect(phone.cameBackWithLess()).toBe(false);
  });
});
