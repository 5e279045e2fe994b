import { TestBed } from '@angular/core/testing';
import { Refusal, renderPage } from '../../platform/testing/render-page';
import { AccountInvite } from './account-invite';

const account = { id: 'a', role: 'mediator', name: 'Anna Parauga', email: 'anna@parauga.example' };
const link = {
  url: 'https://tilts.example/link#secret',
  purpose: 'invitation',
  expiresAt: '2026-11-30T08:00:00.000Z',
  mailed: false,
};

const over = { id: 'p1', endsOn: '2018-05-31' };
const open = { id: 'p2', endsOn: null };

async function filled(answers: (() => unknown)[], canMail = false, projects: object[] = []) {
  const page = await renderPage(AccountInvite, {
    'GET /api/installation': () => ({ canMail }),
    'POST /api/accounts': () => answers.shift()?.(),
    'GET /api/projects': () => ({ items: projects, next: null }),
  });
  page.labelled(page.text('access.role.mediator')).click();
  await page.type(page.text('access.field.name'), account.name);
  await page.type(page.text('access.field.email'), account.email);
  return page;
}

describe('An invitation', () => {
  it('asks for a role before anything is sent', async () => {
    const page = await renderPage(AccountInvite, { 'GET /api/installation': () => ({ canMail: false }) });
    await page.press(page.text('access.invite.action'));
    expect(page.asked.map(({ what }) => what)).toEqual(['GET /api/installation']);
    expect(document.activeElement).toBe(page.one('tl-card-choice fieldset'));
  });

  it('shows its link as text and for a camera, and takes the focus there', async () => {
    const page = await filled([() => ({ account, link })]);
    await page.press(page.text('access.invite.action'));
    expect(page.one('tl-copy-line code').textContent).toBe(link.url);
    expect(page.one('tl-qr svg').getAttribute('aria-label')).toBe(page.text('access.oneTimeLink.qr'));
    expect(document.activeElement?.textContent).toBe('Anna Parauga');
  });

  it('keeps what was written when the server refuses, and is the same invitation when sent again', async () => {
    const page = await filled([
      () => new Refusal(422, 'INVALID_INPUT', [{ field: 'email', code: 'taken' }]),
      () => ({ account, link }),
    ]);
    await page.press(page.text('access.invite.action'));
    expect(page.labelled(page.text('access.field.email')).getAttribute('aria-invalid')).toBe('true');
    expect(page.labelled(page.text('access.field.name')).value).toBe(account.name);

    await page.type(page.text('access.field.email'), 'anna.p@parauga.example');
    await page.press(page.text('access.invite.action'));
    const [first, second] = page.asked
      .filter(({ what }) => what === 'POST /api/accounts')
      .map(({ body }) => (body as { id: string }).id);
    expect(second).toBe(first);
  });

  it('leads a mediator on to the form of the only open project, or to the list when there are more', async () => {
    const leadsTo = async (projects: object[]) => {
      TestBed.resetTestingModule();
      const page = await filled([() => ({ account, link })], false, projects);
      await page.press(page.text('access.invite.action'));
      return page.one('tl-notice[tone=info] a').getAttribute('href');
    };
    expect(await leadsTo([over, open])).toBe('/projects/p2/assignments/new?mediator=a');
    expect(await leadsTo([open, { id: 'p3', endsOn: '2999-01-01' }])).toBe('/projects');
    expect(await leadsTo([over])).toBe('/projects');
  });

  it('offers mail only where there is some', async () => {
    const tick = (page: HTMLElement) => page.querySelector('tl-tick');
    expect(tick((await filled([])).page)).toBeNull();
    TestBed.resetTestingModule();
    expect(tick((await filled([], true)).page)).not.toBeNull();
  });
});
