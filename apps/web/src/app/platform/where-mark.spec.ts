import { renderPage } from './testing/render-page';
import { LocalCopy, type Whereabouts } from './local-copy';
import { WhereMark } from './where-mark';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';

function aCopy(on: boolean, places: Record<string, Whereabouts>) {
  const changed = signal(0);
  const copy = { on: signal(on), changed, where: (id: string) => places[id] } as unknown as LocalCopy;
  return { places, changed, providers: [{ provide: LocalCopy, useValue: copy }] };
}
const shown = async (of: string, always: boolean, { providers }: ReturnType<typeof aCopy>) =>
  (await renderPage(WhereMark, {}, { inputs: { of, always }, providers })).page;

describe('Where a record is', () => {
  it.each([
    ['phone', 'tikai tālrunī'],
    ['needsYou', 'gaida Jūs'],
  ] as const)('says %s in words', async (where, words) => {
    expect((await shown('r', false, aCopy(true, { r: where }))).textContent.trim()).toBe(words);
  });

  it('follows the record', async () => {
    const copy = aCopy(true, { r: 'phone' });
    const inputs = { of: 'r', always: true };
    const { page, settle } = await renderPage(WhereMark, {}, { inputs, providers: copy.providers });
    copy.places['r'] = 'office';
    copy.changed.set(1);
    await settle();
    expect(page.textContent.trim()).toBe('serverī');
  });

  it('is silent beside a name about what is well, and never on the page of a record', async () => {
    expect((await shown('old', false, aCopy(true, { old: 'office' }))).textContent.trim()).toBe('');
    TestBed.resetTestingModule();
    expect((await shown('old', true, aCopy(true, {}))).textContent.trim()).toBe('serverī');
  });

  it('is nothing to whoever has no copy', async () => {
    expect((await shown('r', true, aCopy(false, { r: 'phone' }))).textContent.trim()).toBe('');
  });
});
