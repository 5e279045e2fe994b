import { renderPage } from '../../platform/testing/render-page';
import { WorkingDaysPage } from './working-days-page';

const exception = { day: '2026-05-11', works: true, moved: true, note: 'Pārcelta darba diena' };
const plan = (...exceptions: unknown[]) => ({
  year: 2026,
  holidays: [{ day: '2026-05-04', name: 'Neatkarības diena', nameEn: 'Independence Day' }],
  exceptions,
});

async function opened(...exceptions: unknown[]) {
  return renderPage(
    WorkingDaysPage,
    {
      'GET /api/working-days': () => plan(...exceptions),
      'POST /api/working-days': (body) => plan(body),
      'POST /api/working-days/remove': () => plan(),
    },
    { inputs: { year: '2026' } },
  );
}

describe('The working days of a year', () => {
  it('take a moved day with its kind, day and explanation', async () => {
    const page = await opened();
    page.labelled(page.text('directory.workingDays.kind.moved-works')).click();
    await page.type(page.text('directory.workingDays.day'), '2026-05-09');
    await page.type(page.text('directory.workingDays.note'), 'Piektdienas vietā');
    await page.press(page.text('directory.workingDays.add'));
    expect(page.asked.at(-1)?.body).toEqual({
      day: '2026-05-09',
      works: true,
      moved: true,
      note: 'Piektdienas vietā',
    });
    expect(page.one('tl-section ul').textContent).toContain('Piektdienas vietā');
  });

  it('say when a day is free anyway, or is entered already', async () => {
    const page = await opened(exception);
    page.labelled(page.text('directory.workingDays.kind.all-free')).click();
    await page.type(page.text('directory.workingDays.day'), '2026-05-04');
    expect(page.page.textContent).toContain(page.text('directory.workingDays.freeAnyway'));
    await page.type(page.text('directory.workingDays.day'), exception.day);
    expect(page.page.textContent).toContain(page.text('directory.workingDays.replaces'));
  });

  it('ask for a kind before anything is sent', async () => {
    const page = await opened();
    await page.press(page.text('directory.workingDays.add'));
    expect(page.asked.some(({ what }) => what.startsWith('POST'))).toBe(false);
    expect(document.activeElement).toBe(page.one('tl-card-choice fieldset'));
  });
});
