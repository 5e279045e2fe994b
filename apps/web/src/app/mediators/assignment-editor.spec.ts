import { renderPage } from '../platform/testing/render-page';
import { AssignmentEditor } from './assignment-editor';

const assignment = {
  id: 'a',
  projectId: 'p',
  municipalityId: 'm',
  mediatorId: 'anna',
  mediatorName: 'Anna Parauga',
  startsOn: '2026-01-01',
  endsOn: null,
  hoursPerWeek: 20,
  version: 4,
};
const listOf = (...items: unknown[]) => ({ items, next: null });

async function opened(familiesLeft: number, stated: Partial<typeof assignment> = {}) {
  const kept = { ...assignment, ...stated };
  return renderPage(
    AssignmentEditor,
    {
      'GET /api/assignments': () => listOf(kept),
      'GET /api/projects': () => listOf({ id: 'p', name: 'Projekts', nameEn: 'Project' }),
      'GET /api/municipalities': () => listOf({ id: 'm', name: 'Jelgava' }),
      'PUT /api/assignments/a': (body) => ({ assignment: { ...kept, ...(body as object) }, familiesLeft }),
    },
    { inputs: { id: 'a' } },
  );
}

describe('An assignment that ends', () => {
  it('says how many families stay behind, and leads to where they are handed over', async () => {
    const page = await opened(3);
    await page.type(page.text('mediators.field.lastDay'), '2026-11-30');
    await page.press(page.text('mediators.assignment.save'));
    expect(page.asked.at(-1)?.body).toEqual({
      startsOn: '2026-01-01',
      endsOn: '2026-11-30',
      hoursPerWeek: 20,
      version: 4,
    });
    expect(document.activeElement?.textContent).toBe(page.text('mediators.assignment.leftTitle', { count: 3 }));
    expect(page.one('a[href="/accounts/anna/hand-over"]').textContent).toBe(page.text('mediators.assignment.handOver'));
  });

  it('is taken back only before it began', async () => {
    const words = (page: HTMLElement) => [...page.querySelectorAll('button')].map((one) => one.textContent.trim());
    const begun = await opened(0);
    expect(words(begun.page)).not.toContain(begun.text('mediators.assignment.remove'));
  });

  it('which has not begun may be taken back', async () => {
    const page = await opened(0, { startsOn: '2099-01-01' });
    const words = [...page.page.querySelectorAll('button')].map((one) => one.textContent.trim());
    expect(words).toContain(page.text('mediators.assignment.remove'));
  });
});
