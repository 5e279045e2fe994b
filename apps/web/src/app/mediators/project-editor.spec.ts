import { TestBed } from '@angular/core/testing';
import { Confirm, type Question } from '@tilts/ui';
import { Refusal, renderPage } from '../platform/testing/render-page';
import { ProjectEditor } from './project-editor';

const project = {
  id: 'p',
  name: 'Projekts',
  nameEn: 'Project',
  grantNumber: null,
  startsOn: '2026-01-01',
  endsOn: null,
  funder: null,
  funderEn: null,
  version: 2,
};

async function opened(answers: ((body: unknown) => unknown)[]) {
  return renderPage(
    ProjectEditor,
    {
      'GET /api/projects': () => ({ items: [project], next: null }),
      'GET /api/assignments': () => ({ items: [], next: null }),
      'PUT /api/projects/p': (body) => answers.shift()?.(body),
    },
    { inputs: { id: 'p' } },
  );
}

/** The person's answer to the question, whose dialog is the kit's own matter. */
function answering(yes: boolean): Question[] {
  const questions: Question[] = [];
  jest.spyOn(TestBed.inject(Confirm), 'ask').mockImplementation(async (question) => {
    questions.push(question);
    return yes;
  });
  return questions;
}

describe('A project whose period leaves work outside', () => {
  const outside = () => new Refusal(409, 'PROJECT_WORK_OUTSIDE', [], { count: 3 });

  it('is saved when that is meant', async () => {
    const page = await opened([outside, (body) => ({ ...project, ...(body as object) })]);
    const questions = answering(true);
    await page.press(page.text('mediators.project.save'));
    expect(questions.map(({ text }) => text)).toEqual([page.text('mediators.project.outsideText', { count: 3 })]);
    const sent = page.asked.filter(({ what }) => what.startsWith('PUT')).map(({ body }) => body);
    expect(sent).toMatchObject([
      { version: 2, workMayLieOutside: false },
      { version: 2, workMayLieOutside: true },
    ]);
  });

  it('stays open with what was typed when it is not', async () => {
    const page = await opened([outside]);
    answering(false);
    await page.type(page.text('mediators.field.name'), 'Cits nosaukums');
    await page.press(page.text('mediators.project.save'));
    expect(page.asked.filter(({ what }) => what.startsWith('PUT'))).toHaveLength(1);
    expect(page.labelled(page.text('mediators.field.name')).value).toBe('Cits nosaukums');
  });

  it('shows a date problem at its field', async () => {
    const page = await opened([]);
    await page.type(page.text('mediators.field.endsOn'), '2025-12-31');
    await page.press(page.text('mediators.project.save'));
    expect(page.labelled(page.text('mediators.field.endsOn')).getAttribute('aria-invalid')).toBe('true');
  });
});
