import { newId } from '@tilts/domain';
import { Refusal, renderPage } from '../../platform/testing/render-page';
import { SetUpMediator } from './set-up-mediator';

const jelgava = { id: newId(), name: 'Jelgava' };
const project = { id: newId(), name: 'Romu platforma', nameEn: 'Roma platform' };
const link = {
  url: 'https://tilts.example/link#secret',
  purpose: 'invitation',
  expiresAt: '2026-11-30T08:00:00.000Z',
  mailed: false,
};
const listOf = (...items: unknown[]) => ({ items, next: null });

async function filled(assigning: (() => unknown)[]) {
  const page = await renderPage(
    SetUpMediator,
    {
      'GET /api/municipalities': () => listOf(jelgava),
      'GET /api/projects': () => listOf(project),
      'GET /api/assignments': () => listOf(),
      'POST /api/accounts': (body) => ({ account: body, link }),
      'POST /api/assignments': () => assigning.shift()?.(),
    },
    { inputs: { done: false } },
  );
  await page.type(page.text('access.field.name'), 'Anna Parauga');
  await page.type(page.text('access.field.email'), 'anna@parauga.example');
  await page.type(page.text('access.setUp.mediator.hours'), '20');
  await page.press(page.text('access.setUp.mediator.save'));
  return page;
}

describe('The first mediator', () => {
  it('is invited and assigned to the only city and project without being asked for them', async () => {
    const page = await filled([() => ({})]);
    const [account, assignment] = page.asked.slice(-2).map(({ body }) => body as Record<string, unknown>);
    expect(account).toMatchObject({ role: 'mediator', name: 'Anna Parauga' });
    expect(assignment).toMatchObject({
      mediatorId: account?.['id'],
      municipalityId: jelgava.id,
      projectId: project.id,
      hoursPerWeek: 20,
      endsOn: null,
    });
    expect(page.one('tl-copy-line code').textContent).toBe(link.url);
  });

  it('keeps the link, which nobody can show again, when the assignment is refused; then only that is sent again', async () => {
    const page = await filled([() => new Refusal(409, 'ASSIGNMENT_OVERLAPS'), () => ({})]);
    expect(page.one('tl-copy-line code').textContent).toBe(link.url);
    expect(page.page.textContent).toContain(page.text('access.setUp.mediator.notAssigned'));

    await page.press(page.text('access.setUp.mediator.assignAgain'));
    expect(page.page.textContent).not.toContain(page.text('access.setUp.mediator.notAssigned'));
    expect(page.asked.filter(({ what }) => what === 'POST /api/accounts')).toHaveLength(1);
  });
});
