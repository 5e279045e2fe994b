import { Location } from '@angular/common';
import { TestBed } from '@angular/core/testing';
import { Refusal, renderPage, type Answers } from '../platform/testing/render-page';
import { LinkPage } from './link-page';

const anna = { purpose: 'invitation', name: 'Anna Parauga', email: 'anna@parauga.example' };

/** Opened by a link with this behind its #. */
function opened(fragment: string | null, answers: Answers) {
  localStorage.clear();
  return renderPage(LinkPage, answers, { at: fragment === null ? '/link' : `/link#${fragment}` });
}

describe('A one-time link', () => {
  it('greets its person and sets a password', async () => {
    const page = await opened('secret', {
      'POST /api/links/look': () => anna,
      'POST /api/links/use': () => null,
    });
    expect(page.one('h1').textContent).toBe('Labdien, Anna Parauga!');
    expect(page.labelled(page.text('access.field.email')).value).toBe(anna.email);

    await page.type(page.text('access.link.password'), 'īsa');
    await page.press(page.text('access.link.action'));
    expect(page.asked.map(({ what }) => what)).toEqual(['POST /api/links/look']);

    await page.type(page.text('access.link.password'), 'garš teikums par kaķi');
    await page.press(page.text('access.link.action'));
    expect(page.asked.at(-1)).toEqual({
      what: 'POST /api/links/use',
      body: { token: 'secret', password: 'garš teikums par kaķi' },
    });
    expect(page.one('[role=status]').textContent).toContain(page.text('access.link.done'));
  });

  it('leaves nothing of itself in the address', async () => {
    await opened('secret', { 'POST /api/links/look': () => anna });
    expect(TestBed.inject(Location).path(true)).toBe('/link');
  });

  it('that was used or ran out says whom to ask, also when that happens in between', async () => {
    const used = await opened('secret', { 'POST /api/links/look': () => new Refusal(404, 'NOT_FOUND') });
    expect(used.one('h1').textContent).toBe(used.text('access.link.gone'));
    TestBed.resetTestingModule();

    const late = await opened('secret', {
      'POST /api/links/look': () => anna,
      'POST /api/links/use': () => new Refusal(404, 'NOT_FOUND'),
    });
    await late.type(late.text('access.link.password'), 'garš teikums par kaķi');
    await late.press(late.text('access.link.action'));
    expect(late.one('h1').textContent).toBe(late.text('access.link.gone'));
  });

  it('that lost its end asks nobody', async () => {
    const page = await opened(null, {});
    expect(page.one('h1').textContent).toBe(page.text('access.link.empty'));
    expect(page.asked).toEqual([]);
  });
});
