import { renderPage } from '../platform/testing/render-page';
import { MunicipalityEditor } from './municipality-editor';

const period = { validFrom: null, validTo: null, atvk: '0880200', name: 'Talsi' };
const talsi = {
  id: 't',
  key: 'TALSI',
  name: 'Talsi',
  nameIn: 'Talsos',
  familyPrefix: 'TAL',
  periods: [period],
  version: 3,
};

describe('A municipality', () => {
  it('shows a problem of a period at its field, and sends nothing', async () => {
    const page = await renderPage(
      MunicipalityEditor,
      { 'GET /api/municipalities': () => ({ items: [talsi], next: null }) },
      { inputs: { id: 't' } },
    );
    await page.press(page.text('municipalities.editor.addPeriod'));
    expect(document.activeElement?.getAttribute('type')).toBe('date');
    await page.press(page.text('municipalities.editor.save'));
    expect(page.page.querySelectorAll('[aria-invalid="true"]').length).toBeGreaterThan(0);
    expect(page.asked.map(({ what }) => what)).toEqual(['GET /api/municipalities']);
  });

  it('is changed with the version that was read', async () => {
    const page = await renderPage(
      MunicipalityEditor,
      {
        'GET /api/municipalities': () => ({ items: [talsi], next: null }),
        'PUT /api/municipalities/t': () => talsi,
      },
      { inputs: { id: 't' } },
    );
    await page.type(page.text('municipalities.field.nameIn'), 'Talsu pilsētā');
    await page.press(page.text('municipalities.editor.save'));
    expect(page.asked.at(-1)?.body).toMatchObject({ nameIn: 'Talsu pilsētā', familyPrefix: 'TAL', version: 3 });
  });
});
