import { ChangeDetectionStrategy, Component, inject, signal, type Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { closeReasons, needAreas } from '@tilts/domain';
import { ChipOne, SelectField, TextPipe, Texts } from '@tilts/ui';
import { LocalCopy } from '../platform/local-copy';
import { Refusal, renderPage } from '../platform/testing/render-page';
import { CodeLists } from './code-lists';

@Component({
  imports: [ChipOne, SelectField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>{{ 'directory.needArea.EDU' | text }}</h1>
    <h2>{{ 'visits.form.area.EDU' | text }}</h2>
    <tl-chip-one label="chips" [options]="lists.options(reasons)" [(value)]="chosen" />
    <tl-select label="select" [options]="lists.options(reasons)" [(value)]="chosen" />
  `,
})
class Page {
  readonly lists = inject(CodeLists);
  readonly reasons = closeReasons;
  readonly chosen = signal<(typeof closeReasons.values)[number] | null | undefined>(null);
}

const [retired = 'moved'] = closeReasons.values.filter((code) => closeReasons.mayRetire(code));
const words = { lv: null, en: null, ru: null, retired: false, retiredOn: null };
const answer = () => ({
  items: [
    { ...words, list: 'directory.needArea', code: 'EDU', lv: 'Skola un mācības' },
    { ...words, list: 'families.closeReason', code: retired, retired: true, retiredOn: '2026-01-01' },
  ],
  next: null,
});

async function opened(answers: (() => unknown)[], providers: Provider[] = []) {
  const page = await renderPage(Page, { 'GET /api/code-lists': () => answers.shift()?.() }, { providers });
  const lists = TestBed.inject(CodeLists);
  const chips = () => page.page.querySelectorAll('tl-chip-one label').length;
  const choices = () => page.page.querySelectorAll('tl-select option').length - 1;
  return { page, lists, chips, choices };
}

describe('What an installation calls its codes', () => {
  it('follows on a phone when the copy there changes, without a network', async () => {
    let held: object = { items: [], next: null };
    const copy = { changed: signal(0), answer: () => Promise.resolve({ output: held }) };
    const { page, lists } = await opened([], [{ provide: LocalCopy, useValue: copy }]);
    await lists.readOnce();
    await page.settle();
    expect(page.one('h1').textContent).toBe('Izglītība');
    held = answer();
    copy.changed.set(1);
    await page.settle();
    expect(page.one('h1').textContent).toBe('Skola un mācības');
  });

  it('stands in place of our words everywhere, also where chips say them shorter, in its language only', async () => {
    const { page, lists } = await opened([answer]);
    expect(page.one('h1').textContent).toBe('Izglītība');
    await lists.readOnce();
    await page.settle();
    expect([page.one('h1').textContent, page.one('h2').textContent]).toEqual(['Skola un mācības', 'Skola un mācības']);
    expect(lists.options(needAreas)[0]?.label).toBe('Skola un mācības');
    await TestBed.inject(Texts).use('en');
    await page.settle();
    expect(page.one('h1').textContent).toBe('Education');
  });

  it('is asked once, and again only after a failure', async () => {
    const { page, lists } = await opened([() => new Refusal(503, 'UNAVAILABLE'), answer]);
    for (let again = 0; again < 4; again += 1) await lists.readOnce();
    expect(page.asked).toHaveLength(2);
  });
});

describe('A retired code', () => {
  it('is left out of forms, and stays where an old record holds it', async () => {
    const { page, lists, chips, choices } = await opened([answer]);
    const all = closeReasons.values.length;
    expect([chips(), choices()]).toEqual([all, all]);
    await lists.readOnce();
    await page.settle();
    expect([chips(), choices()]).toEqual([all - 1, all - 1]);
    page.fixture.componentInstance.chosen.set(retired);
    await page.settle();
    expect([chips(), choices()]).toEqual([all, all]);
    expect(page.one<HTMLInputElement>('tl-chip-one label.on input').checked).toBe(true);
  });
});
