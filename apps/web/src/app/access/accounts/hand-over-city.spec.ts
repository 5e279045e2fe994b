import { TestBed } from '@angular/core/testing';
import { addDays, dayOf, newId } from '@tilts/domain';
import { Confirm } from '@tilts/ui';
import { renderPage } from '../../platform/testing/render-page';
import { HandOverCity } from './hand-over-city';

const [from, jelgava, nora, ainis] = [newId(), newId(), newId(), newId()];
const today = dayOf(new Date());
const families = ['JEL-0001', 'JEL-0002', 'JEL-0003'].map((code) => ({
  id: newId(),
  municipalityId: jelgava,
  municipality: 'Jelgava',
  code,
  lastContactOn: null,
}));
const assignment = (mediatorId: string, mediatorName: string, startsOn: string) => ({
  mediatorId,
  mediatorName,
  municipalityId: jelgava,
  startsOn,
  endsOn: null,
});

async function opened() {
  const path = `POST /api/accounts/${from}/hand-over`;
  const page = await renderPage(
    HandOverCity,
    { [path]: () => ({ families }) },
    {
      inputs: {
        from,
        municipality: 'Jelgava',
        families,
        assignments: [assignment(nora, 'Nora V.', today), assignment(ainis, 'Ainis P.', addDays(today, 7))],
      },
    },
  );
  // The dialog is a part of its own; here everybody is sure.
  jest.spyOn(TestBed.inject(Confirm), 'ask').mockResolvedValue(true);
  const receivers = () => [...page.labelled(page.text('access.handOver.to')).querySelectorAll('option')];
  const choose = async (name: string) => {
    const select = page.labelled<HTMLSelectElement>(page.text('access.handOver.to'));
    select.value = receivers().find((option) => option.textContent === name)?.value ?? '';
    select.dispatchEvent(new Event('change'));
    await page.settle();
  };
  return { page, receivers, choose };
}

describe('Handing families over', () => {
  it('takes all of the city along unless somebody chooses', async () => {
    const { page, choose } = await opened();
    await choose('Nora V.');
    await page.press(page.text('access.handOver.action', { count: 3 }));
    expect(page.asked.at(-1)?.body).toEqual({
      municipalityId: jelgava,
      toMediatorId: nora,
      on: today,
      familyIds: null,
    });
  });

  it('or those that are ticked, at least one', async () => {
    const { page, choose } = await opened();
    await choose('Nora V.');
    page.labelled(page.text('access.handOver.some')).click();
    await page.settle();
    await page.press(page.text('access.handOver.action', { count: 0 }));
    expect(page.asked).toEqual([]);
    page.labelled('JEL-0002').click();
    await page.settle();
    await page.press(page.text('access.handOver.action', { count: 1 }));
    expect(page.asked.at(-1)?.body).toMatchObject({ familyIds: [families[1]?.id] });
  });

  it('goes to nobody who does not work there on that day', async () => {
    const { page, receivers, choose } = await opened();
    const names = () =>
      receivers()
        .map((option) => option.textContent)
        .slice(1);
    expect(names()).toEqual(['Nora V.']);
    await page.type(page.text('access.handOver.on'), addDays(today, 7));
    expect(names()).toEqual(['Ainis P.', 'Nora V.']);
    await choose('Ainis P.');
    await page.type(page.text('access.handOver.on'), today);
    await page.press(page.text('access.handOver.action', { count: 3 }));
    expect(page.asked).toEqual([]);
  });
});
