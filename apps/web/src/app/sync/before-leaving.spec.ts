import { Component, inject } from '@angular/core';
import { renderPage } from '../platform/testing/render-page';
import { BeforeLeaving } from './before-leaving';
import { PhoneOfEntries, anUnsent } from './testing/phone-of-entries';

@Component({ selector: 'app-way-out', template: '' })
class WayOut {
  readonly before = inject(BeforeLeaving);
}

async function leaving(phone: PhoneOfEntries) {
  const page = await renderPage(WayOut, {}, { providers: phone.providers });
  let gone: boolean | null = null;
  void page.fixture.componentInstance.before.mayGo().then((may) => (gone = may));
  const dialog = () => document.querySelector<HTMLElement>('app-leaving-dialog');
  for (let tries = 0; tries < 40 && !dialog() && gone === null; tries++)
    await new Promise((done) => setTimeout(done, 25));
  await page.settle();
  return {
    ...page,
    dialog,
    gone: () => gone,
    async answer(words: string) {
      [...(dialog()?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === words)?.click();
      await page.settle();
    },
  };
}

describe('Signing out', () => {
  it('asks nothing when all is sent', async () => {
    const { gone, dialog } = await leaving(new PhoneOfEntries());
    expect(gone()).toBe(true);
    expect(dialog()).toBeNull();
  });

  it('asks nothing of whoever has no copy', async () => {
    const phone = new PhoneOfEntries(anUnsent());
    phone.on.set(false);
    expect((await leaving(phone)).gone()).toBe(true);
  });

  it('says what stays and where, and keeps it', async () => {
    const phone = new PhoneOfEntries(anUnsent(), anUnsent({ seq: 2 }));
    const { dialog, text, answer, gone } = await leaving(phone);
    expect(dialog()?.textContent).toContain('2 ieraksti vēl nav nosūtīti');
    expect(dialog()?.textContent).toContain(text('sync.leaving.stays', { count: 2 }));
    await answer(text('sync.leaving.goAnyway'));
    expect(gone()).toBe(true);
    expect(phone.unsent()).toHaveLength(2);
  });

  it('sends first when asked, and tells what could not be sent', async () => {
    const phone = new PhoneOfEntries(anUnsent(), anUnsent({ seq: 2, state: 'refused' }));
    const { dialog, text, answer, gone } = await leaving(phone);
    await answer(text('sync.unsent.sendNow'));
    expect(phone.unsent()).toHaveLength(1);
    expect(dialog()?.textContent).toContain(text('sync.leaving.stillThere', { count: 1 }));
    await answer(text('sync.leaving.stay'));
    expect(gone()).toBe(false);
  });

  it('says without a network that there is no way back in without one', async () => {
    const phone = new PhoneOfEntries();
    phone.online.set(false);
    const { dialog, text, answer, gone } = await leaving(phone);
    expect(dialog()?.textContent).toContain(text('sync.leaving.offline'));
    await answer(text('sync.leaving.go'));
    expect(gone()).toBe(true);
  });
});
