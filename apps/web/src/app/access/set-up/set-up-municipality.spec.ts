import { renderPage } from '../../platform/testing/render-page';
import { SetUpMunicipality } from './set-up-municipality';

const listOf = (...items: unknown[]) => ({ items, next: null });

async function opened() {
  const page = await renderPage(
    SetUpMunicipality,
    {
      'GET /api/municipalities': () => listOf({ id: '1', name: 'Talsu novads', familyPrefix: 'TAL' }),
      'GET /api/municipalities/offered': () =>
        listOf({
          key: 'JELGAVA',
          name: 'Jelgava',
          institutions: [{ kind: 'socialService', name: 'Dienests', services: 2 }],
        }),
      'POST /api/municipalities/take-over': () => ({ id: '2', name: 'Jelgava' }),
      'POST /api/municipalities': (body) => body,
    },
    { inputs: { done: false } },
  );
  const valueOf = (key: 'name' | 'nameIn' | 'prefix') =>
    page.labelled(page.text(`access.setUp.municipality.${key}`)).value;
  return { page, valueOf };
}

describe('The first municipality', () => {
  it('is taken over with one press', async () => {
    const { page } = await opened();
    await page.press(page.text('access.setUp.municipality.takeOver'));
    expect(page.asked).toContainEqual({ what: 'POST /api/municipalities/take-over', body: { key: 'JELGAVA' } });
  });

  it('is typed, and what follows from its name is proposed until somebody knows better', async () => {
    const { page, valueOf } = await opened();
    await page.press(page.text('access.setUp.municipality.own'));
    await page.type(page.text('access.setUp.municipality.name'), 'Talsi');
    expect([valueOf('nameIn'), valueOf('prefix')]).toEqual(['Talsos', 'TAS']);
    await page.type(page.text('access.setUp.municipality.nameIn'), 'Talsu pilsētā');
    await page.type(page.text('access.setUp.municipality.name'), 'Talsu pilsēta');
    expect([valueOf('nameIn'), valueOf('prefix')]).toEqual(['Talsu pilsētā', 'TAS']);

    await page.type(page.text('access.setUp.municipality.atvk'), '0880200');
    await page.press(page.text('access.setUp.municipality.save'));
    expect(page.asked.find(({ what }) => what === 'POST /api/municipalities')?.body).toMatchObject({
      name: 'Talsu pilsēta',
      nameIn: 'Talsu pilsētā',
      periods: [{ validFrom: null, validTo: null, atvk: '0880200', name: 'Talsu pilsēta' }],
    });
  });
});
