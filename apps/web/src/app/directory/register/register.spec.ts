import { dayOf } from '@tilts/domain';
import { Refusal, renderPage } from '../../platform/testing/render-page';
import { InstitutionEditor } from './institution-editor';
import { InstitutionPage } from './institution-page';
import { RegisterList } from './register-list';

const today = dayOf(new Date());
const institution = {
  id: 'i',
  municipalityId: 'm',
  kind: 'socialService',
  name: 'Sociālais dienests',
  address: null,
  phone: '+371 60000000',
  email: null,
  hours: null,
  answerDays: 7,
  followsMovedDays: false,
  answerBy: '2026-12-02',
  hasUsers: false,
  confirmedOn: '2020-01-01',
  closedOn: null,
  version: 5,
  services: [],
};
const closed = { ...institution, id: 'j', name: 'Biedrība', kind: 'ngo', closedOn: '2020-01-01' };
const listOf = (...items: unknown[]) => ({ items, next: null });
const municipalities = () => listOf({ id: 'm', name: 'Jelgava' });
const year = () => ({ year: 2026, holidays: [], exceptions: [] });

describe('The register', () => {
  const shown = async (inputs: Record<string, string>) => {
    const { page } = await renderPage(
      RegisterList,
      { 'GET /api/directory/register': () => listOf(closed, institution), 'GET /api/municipalities': municipalities },
      { inputs },
    );
    return [...page.querySelectorAll('.name')].map((one) => one.textContent);
  };

  it('holds closed institutions too, at the end', async () =>
    expect(await shown({})).toEqual(['Sociālais dienests', 'Biedrība']));
  it('finds by state', async () => expect(await shown({ state: 'closed' })).toEqual(['Biedrība']));
  it('finds what nobody confirmed for a year', async () =>
    expect(await shown({ state: 'stale' })).toEqual(['Sociālais dienests']));
  it('finds by kind and by words without their marks', async () =>
    expect(await shown({ kind: 'ngo', search: 'biedriba' })).toEqual(['Biedrība']));
});

describe('An institution', () => {
  const opened = (answers: Record<string, (body: unknown) => unknown>) =>
    renderPage(
      InstitutionPage,
      { 'GET /api/directory/institutions/i': () => institution, 'GET /api/municipalities': municipalities, ...answers },
      { inputs: { id: 'i' } },
    );

  it('is amber when nobody confirmed it for a year, and calm once somebody did', async () => {
    const page = await opened({
      'POST /api/directory/institutions/i/confirm': () => ({ ...institution, confirmedOn: today, version: 6 }),
    });
    expect(page.page.querySelector('tl-card.tone-wait')).not.toBeNull();
    await page.press(page.text('directory.institution.confirm'));
    expect(page.asked.at(-1)?.body).toEqual({ version: 5 });
    expect(page.page.querySelector('tl-card.tone-wait')).toBeNull();
  });

  it('says that somebody else changed it meanwhile', async () => {
    const page = await opened({
      'POST /api/directory/institutions/i/confirm': () => new Refusal(409, 'CHANGED_MEANWHILE'),
    });
    await page.press(page.text('directory.institution.confirm'));
    expect(page.page.textContent).toContain(page.text('errors.CHANGED_MEANWHILE'));
  });
});

describe('A new institution', () => {
  const opened = (inputs: Record<string, string>) =>
    renderPage(
      InstitutionEditor,
      {
        'GET /api/municipalities': municipalities,
        'GET /api/working-days': year,
        'POST /api/directory/institutions': (body) => ({ ...institution, ...(body as object) }),
      },
      { inputs },
    );
  const choose = (page: HTMLElement, label: string, option: string) => {
    const select = [...page.querySelectorAll<HTMLSelectElement>('select')].find((one) =>
      one.closest('tl-select')?.textContent.includes(label),
    );
    const found = [...(select?.options ?? [])].find((one) => one.text.includes(option));
    if (!select || !found) throw new Error(`No ${option} in ${label}`);
    select.value = found.value;
    select.dispatchEvent(new Event('change'));
  };

  it('says by when it would answer while the days are typed', async () => {
    const page = await opened({});
    expect(page.one('.sentence').textContent.trim()).toBe('');
    await page.type(page.text('directory.field.answerDays'), '5');
    expect(page.one('.sentence').textContent.trim()).not.toBe('');
    await page.type(page.text('directory.field.answerDays'), '500');
    expect(page.one('.sentence').textContent.trim()).toBe('');
  });

  it('needs a place; the whole country is one, and is sent as none', async () => {
    const page = await opened({});
    await page.type(page.text('directory.field.name'), 'Aģentūra');
    await page.type(page.text('directory.field.answerDays'), '5');
    choose(page.page, page.text('directory.field.kind'), page.text('directory.kind.ngo'));
    await page.press(page.text('directory.editor.save'));
    expect(page.asked.some(({ what }) => what.startsWith('POST'))).toBe(false);
    choose(page.page, page.text('directory.field.place'), page.text('directory.editor.national'));
    await page.press(page.text('directory.editor.save'));
    expect(page.asked.find(({ what }) => what.startsWith('POST'))?.body).toMatchObject({
      municipalityId: null,
      kind: 'ngo',
      name: 'Aģentūra',
      answerDays: 5,
    });
  });

  it('begins in the municipality from which it was begun', async () => {
    const page = await opened({ municipality: 'm' });
    const [place] = page.page.querySelectorAll('select');
    expect(place?.selectedOptions[0]?.text).toBe('Jelgava');
  });
});
