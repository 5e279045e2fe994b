import { Refusal, renderPage } from '../platform/testing/render-page';
import { CodeListsPage } from './code-lists-page';

const standard = { lv: 'Apmeklējums mājās', en: 'Home visit', ru: 'Визит на дом' };
const none = { lv: null, en: null, ru: null };
const code = {
  list: 'visits.channel',
  code: 'homeVisit',
  standard,
  own: none,
  retiredOn: null,
  mayRetire: false,
  version: 0,
};
const other = { ...code, code: 'phone', mayRetire: true, standard: { ...standard, lv: 'Pa tālruni' } };

async function opened(answers: Record<string, (body: unknown) => unknown> = {}) {
  return renderPage(
    CodeListsPage,
    {
      'GET /api/code-lists/editable': () => ({ items: [{ name: 'visits.channel', codes: [code, other] }], next: null }),
      'GET /api/code-lists': () => ({ items: [], next: null }),
      ...answers,
    },
    { inputs: { list: 'visits.channel' } },
  );
}

describe('A list of choices', () => {
  it('is reworded on the spot: own word before the original, and what was left empty is not sent as a word', async () => {
    const page = await opened({
      'POST /api/code-lists/wordings': (body) => ({ ...code, own: { ...none, ...(body as { words: object }).words } }),
    });
    page.one<HTMLButtonElement>('app-code-row button').click();
    await page.settle();
    expect(document.activeElement?.tagName).toBe('INPUT');
    await page.type('Latviešu', 'Mājas vizīte');
    await page.press(page.text('codeLists.row.save'));
    expect(page.asked.find(({ what }) => what === 'POST /api/code-lists/wordings')?.body).toEqual({
      list: 'visits.channel',
      code: 'homeVisit',
      version: 0,
      words: { lv: 'Mājas vizīte', en: null, ru: null },
    });
    expect(page.one('app-code-row .word').textContent).toBe('Mājas vizīte');
    expect(page.one('app-code-row').textContent).toContain('Apmeklējums mājās');
    expect(document.activeElement?.tagName).toBe('BUTTON');
  });

  it('takes a list that this page has not loaded: the server knows which ones there are', async () => {
    const unknown = { ...code, list: 'some.where' };
    const page = await opened({
      'GET /api/code-lists/editable': () => ({ items: [{ name: 'visits.channel', codes: [unknown] }], next: null }),
      'POST /api/code-lists/wordings': () => ({ ...unknown, own: { ...none, lv: 'Mājas vizīte' } }),
    });
    page.one<HTMLButtonElement>('app-code-row button').click();
    await page.settle();
    await page.type('Latviešu', 'Mājas vizīte');
    await page.press(page.text('codeLists.row.save'));
    expect(page.one('app-code-row .word').textContent).toBe('Mājas vizīte');
  });

  it('keeps what was typed when the server refuses', async () => {
    const page = await opened({ 'POST /api/code-lists/wordings': () => new Refusal(409, 'CHANGED_MEANWHILE') });
    page.one<HTMLButtonElement>('app-code-row button').click();
    await page.settle();
    await page.type('Latviešu', 'Mājas vizīte');
    await page.press(page.text('codeLists.row.save'));
    expect(page.labelled('Latviešu').value).toBe('Mājas vizīte');
    expect(page.page.textContent).toContain(page.text('errors.CHANGED_MEANWHILE'));
  });

  it('refuses braces, which are arguments in texts', async () => {
    const page = await opened();
    page.one<HTMLButtonElement>('app-code-row button').click();
    await page.settle();
    await page.type('Latviešu', 'Mājas {vizīte}');
    await page.press(page.text('codeLists.row.save'));
    expect(page.labelled('Latviešu').getAttribute('aria-invalid')).toBe('true');
    expect(page.asked.some(({ what }) => what.startsWith('POST'))).toBe(false);
  });

  it('retires only what nothing needs; what is retired stands at the end', async () => {
    const page = await opened({
      'POST /api/code-lists/retirements': () => ({ ...other, retiredOn: '2026-01-01', version: 1 }),
    });
    expect(page.one('app-code-row').textContent).toContain(page.text('codeLists.row.needed'));
    await page.press(page.text('codeLists.row.retire'));
    await page.press(page.text('codeLists.row.retire'));
    expect(page.one('tl-section app-code-row').textContent).toContain('Pa tālruni');
    expect(page.one('tl-section').textContent).toContain(page.text('codeLists.row.bringBack'));
  });
});
