import { signal } from '@angular/core';
import { newId, type VisitView } from '@tilts/domain';
import { LocalCopy, type Whereabouts } from '../platform/local-copy';
import { renderPage } from '../platform/testing/render-page';
import { VisitSaved } from './visit-saved';

describe('A visit that was just saved', () => {
  it('says where it is, also when that turns out to be another place while somebody looks', async () => {
    const changed = signal(0);
    let where: Whereabouts = 'phone';
    const copy = { on: signal(true), changed, where: () => where } as unknown as LocalCopy;
    const visit = { id: newId(), familyId: newId(), familyCode: 'JEL-0012', metPersonIds: [], needAreas: [] };
    const { page, settle } = await renderPage(
      VisitSaved,
      {},
      { inputs: { visit: visit as unknown as VisitView }, providers: [{ provide: LocalCopy, useValue: copy }] },
    );
    const words = (): string => page.querySelector('tl-notice')?.textContent ?? '';
    expect(words()).toContain('Saglabāts šajā tālrunī.');
    where = 'needsYou';
    changed.set(1);
    await settle();
    expect(words()).toContain('serveris to nepieņēma');
    expect(words()).not.toContain('Saglabāts serverī');
    expect(page.querySelector('a[href="/unsent"]')).not.toBeNull();
    where = 'office';
    changed.set(2);
    await settle();
    expect(words()).toContain('Saglabāts serverī.');
  });
});
