import type { Page } from '@playwright/test';
import type { NeedArea } from '@tilts/domain';
import { countByHand, type Counted, type ToldVisit } from './hand-count.js';
import { chip, register } from './pages/registration.js';
import { cell, ReportPage } from './pages/report.js';
import { VisitFormPage } from './pages/visit-form.js';
import { expect, test } from './test.js';
import { text } from './texts.js';

/** Six families of Valmiera; the last two are never reached by a mediator as mediator. */
const families: Record<string, string[]> = {
  Liepiņu: ['Rasma', 'Uldis', 'Hugo'],
  Zariņu: ['Monta', 'Toms'],
  Baložu: ['Velga'],
  Gulbju: ['Ilona', 'Kaspars', 'Emīls', 'Paula'],
  Rubeņu: ['Laura', 'Artis'],
  Mežvēru: ['Gunta', 'Leons'],
};

const visits: ToldVisit[] = [
  {
    family: 'Liepiņu',
    met: ['Rasma', 'Uldis', 'Hugo'],
    minutes: 45,
    areas: ['EDU'],
    helps: [
      { kind: 'inform', in: 'EDU', whom: 'everyoneMet' },
      { kind: 'fillForm', in: 'EDU', whom: ['Rasma'] },
    ],
  },
  {
    family: 'Liepiņu',
    met: ['Rasma'],
    minutes: 30,
    areas: ['HOU'],
    helps: [{ kind: 'accompany', in: 'HOU', whom: 'everyoneMet' }],
  },
  { family: 'Liepiņu', met: [], minutes: 15, areas: ['EDU'], helps: [{ kind: 'inform', in: 'EDU', whom: 'family' }] },
  { family: 'Liepiņu', met: [], minutes: 15, areas: [], helps: [], nobody: true },
  {
    family: 'Liepiņu',
    met: ['Uldis'],
    minutes: 60,
    areas: ['EMP', 'EDU'],
    helps: [{ kind: 'inform', in: 'EMP', whom: ['Uldis'] }],
  },
  {
    family: 'Zariņu',
    met: ['Monta', 'Toms'],
    minutes: 30,
    areas: ['HEA'],
    helps: [{ kind: 'accompany', in: 'HEA', whom: ['Monta'] }],
  },
  {
    family: 'Zariņu',
    met: ['Toms'],
    minutes: 30,
    areas: ['EMP'],
    helps: [{ kind: 'fillForm', in: 'EMP', whom: 'everyoneMet' }],
  },
  {
    family: 'Zariņu',
    met: ['Toms'],
    minutes: 15,
    areas: ['EMP'],
    helps: [{ kind: 'contactInstitution', in: 'EMP', whom: 'family' }],
  },
  { family: 'Zariņu', met: ['Monta'], minutes: 45, areas: ['HOU'], helps: [] },
  {
    family: 'Baložu',
    met: ['Velga'],
    minutes: 60,
    areas: ['HEA', 'HOU'],
    helps: [
      { kind: 'inform', in: 'HEA', whom: 'everyoneMet' },
      { kind: 'fillForm', in: 'HOU', whom: 'everyoneMet' },
    ],
  },
  {
    family: 'Baložu',
    met: ['Velga'],
    minutes: 15,
    areas: ['HEA'],
    helps: [{ kind: 'contactInstitution', in: 'HEA', whom: 'everyoneMet' }],
  },
  { family: 'Baložu', met: [], minutes: 15, areas: [], helps: [], nobody: true },
  {
    family: 'Gulbju',
    met: ['Ilona', 'Kaspars'],
    minutes: 45,
    areas: ['EDU'],
    helps: [{ kind: 'inform', in: 'EDU', whom: ['Emīls', 'Paula'] }],
  },
  {
    family: 'Gulbju',
    met: ['Ilona'],
    minutes: 30,
    areas: ['HOU'],
    helps: [{ kind: 'fillForm', in: 'HOU', whom: 'family' }],
  },
  {
    family: 'Gulbju',
    met: ['Kaspars'],
    minutes: 30,
    areas: ['EMP'],
    helps: [{ kind: 'accompany', in: 'EMP', whom: 'everyoneMet' }],
    asFamilyAssistant: true,
  },
  {
    family: 'Gulbju',
    met: ['Emīls', 'Paula'],
    minutes: 15,
    areas: ['EDU'],
    helps: [{ kind: 'accompany', in: 'EDU', whom: 'everyoneMet' }],
  },
  { family: 'Rubeņu', met: [], minutes: 15, areas: [], helps: [], nobody: true },
  { family: 'Rubeņu', met: [], minutes: 15, areas: [], helps: [], nobody: true },
  {
    family: 'Mežvēru',
    met: ['Gunta', 'Leons'],
    minutes: 60,
    areas: ['HOU'],
    helps: [{ kind: 'inform', in: 'HOU', whom: 'everyoneMet' }],
    asFamilyAssistant: true,
  },
  {
    family: 'Mežvēru',
    met: ['Gunta'],
    minutes: 30,
    areas: ['EDU'],
    helps: [{ kind: 'inform', in: 'EDU', whom: 'everyoneMet' }],
    asFamilyAssistant: true,
  },
];

/** Counted on paper from the list above. Visits: 4 Liepiņu + 4 Zariņu + 2 Baložu + 3 Gulbju; persons: 3 + 2 + 1 + 2 (Emīls, Paula). */
const onPaper: Counted = {
  familiesReached: 4,
  personsAssisted: 8,
  visits: 13,
  minutes: 45 + 30 + 15 + 60 + (30 + 30 + 15 + 45) + (60 + 15) + (45 + 30 + 15),
};
const areasOnPaper: Partial<Record<NeedArea, Pick<Counted, 'familiesReached' | 'personsAssisted'>>> = {
  EDU: { familiesReached: 2, personsAssisted: 5 },
  HOU: { familiesReached: 4, personsAssisted: 2 },
  EMP: { familiesReached: 2, personsAssisted: 2 },
  HEA: { familiesReached: 2, personsAssisted: 2 },
};

const project = 'Romu mediatoru atbalsts 2026';
const city = 'Valmieras novads';

test('twenty visits entered through the form give the report that a hand count gives', async ({
  mediator,
  evaluator,
}) => {
  test.setTimeout(240_000);
  expect(visits).toHaveLength(20);
  expect(countByHand(visits)).toEqual(onPaper);
  for (const [area, figures] of Object.entries(areasOnPaper))
    expect(countByHand(visits, area as NeedArea)).toMatchObject(figures);

  const report = new ReportPage(await evaluator());
  await report.open(project);
  const { cells: before } = await report.download();

  const page = await mediator('VALMIERA');
  const ids = new Map<string, string>();
  for (const [name, members] of Object.entries(families)) {
    ids.set(
      name,
      await register(page, {
        name: `${name} ģimene`,
        members: members.map((firstName, i) => ({ firstName, birthYear: 1980 + 10 * i })),
      }),
    );
  }
  for (const visit of visits) await log(page, ids.get(visit.family) ?? '', visit);

  await report.open(project);
  const { cells: after } = await report.download();
  const more = (key: string): number => Number(after.get(key)) - Number(before.get(key));
  for (const [column, expected] of Object.entries(onPaper) as [keyof Counted, number][]) {
    expect.soft(more(cell('totals', text('reports.row.all'), column)), `all cities: ${column}`).toBe(expected);
    expect.soft(more(cell('municipalities', city, column)), `${city}: ${column}`).toBe(expected);
  }
  for (const [area, figures] of Object.entries(areasOnPaper)) {
    for (const [column, expected] of Object.entries(figures) as ['familiesReached' | 'personsAssisted', number][]) {
      const row = text(`directory.needArea.${area as NeedArea}`);
      expect.soft(more(cell('needs', row, column)), `${row}: ${column}`).toBe(expected);
    }
  }
  // And nobody else's row moved.
  for (const other of ['Dobeles novads', 'Ventspils valstspilsēta'])
    expect.soft(more(cell('municipalities', other, 'visits')), other).toBe(0);
});

/** Through the real form, as a finger would. */
async function log(page: Page, family: string, visit: ToldVisit): Promise<void> {
  await page.goto(`/visits/new?family=${family}`);
  const form = await new VisitFormPage(page).opened();
  if (visit.asFamilyAssistant) {
    await page.locator('app-visit-circumstances > button').tap();
    await chip(page, text('visits.field.capacity'), text('visits.capacity.familyAssistant')).tap();
  }
  if (visit.nobody) await form.met(text('visits.form.nobody.homeVisit')).tap();
  for (const name of visit.met) await form.met(name).tap();
  for (const area of visit.areas) await form.area(area).tap();
  for (const help of visit.helps) {
    await form.kind(help.kind).tap();
    // A new help is about the area chosen last.
    if (help.in !== visit.areas.at(-1)) {
      await form.areaOf(help.kind, help.in).tap();
      await form.areaOf(help.kind, visit.areas.at(-1) ?? help.in).tap();
    }
    if (help.whom === 'everyoneMet') await form.everyoneMet(help.kind, visit.met.length).tap();
    else if (help.whom !== 'family') for (const name of help.whom) await form.helped(help.kind, name).tap();
  }
  await form.minutes(visit.minutes).tap();
  await form.save.tap();
  await form.saved();
}
