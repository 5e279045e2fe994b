import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { Handed } from '../platform/handed';
import { renderPage } from '../platform/testing/render-page';
import { PhoneOfEntries, anUnsent } from './testing/phone-of-entries';
import { UnsentPage } from './unsent-page';

const persons = () => ({ items: [{ id: 'anna', familyId: 'f', firstName: 'Anna' }], next: null });

async function opened(phone: PhoneOfEntries) {
  const page = await renderPage(
    UnsentPage,
    { 'GET /api/persons': persons, 'GET /api/institutions': () => ({ items: [], next: null }) },
    { providers: phone.providers },
  );
  const dialog = () => document.querySelector<HTMLElement>('tl-confirm-dialog');
  const answer = async (words: string) => {
    [...(dialog()?.querySelectorAll('button') ?? [])].find((one) => one.textContent.trim() === words)?.click();
    await page.settle();
  };
  const settleDialog = async () => {
    for (let tries = 0; tries < 40 && !dialog(); tries++) await new Promise((done) => setTimeout(done, 25));
    await page.settle();
  };
  return { ...page, dialog, answer, settleDialog };
}
const visit = { id: 'v', familyId: 'f', day: '2026-11-23', minutes: 45, metPersonIds: ['anna'], note: 'Nav apavu.' };
const refused = anUnsent({ seq: 1, state: 'refused', code: 'NO_ASSIGNMENT', input: visit });
const clash = anUnsent({
  seq: 2,
  state: 'conflict',
  operation: 'PUT /persons/{id}',
  clashes: [
    { field: 'phone', mine: '"+37120000001"', theirs: '"+37120000002"' },
    { field: 'firstName', mine: '"Anna"', theirs: '"Annija"' },
  ],
});

describe('What is not sent yet', () => {
  it('says why something was refused, by the words of the error, and shows everything that was written', async () => {
    const phone = new PhoneOfEntries(refused);
    const { page, text } = await opened(phone);
    const card = page.querySelector('app-unsent-card')?.textContent ?? '';
    expect(card).toContain('JEL-0012');
    expect(card).toContain(text('sync.what.visits.create'));
    expect(card).toContain(text('errors.NO_ASSIGNMENT'));
    expect(card).toContain('Nav apavu.');
    expect(card).toContain('Anna');
  });

  it('calls refused fields by their labels', async () => {
    const fields = [{ field: 'assistance.0.needArea', code: 'mismatch', params: null }];
    const { page, text } = await opened(new PhoneOfEntries({ ...refused, code: 'INVALID_INPUT', fields }));
    expect(page.textContent).toContain(`${text('sync.field.needArea')}: ${text('fieldErrors.mismatch')}`);
  });

  it('sends all refused ones again at once, and nothing that is to be chosen', async () => {
    const phone = new PhoneOfEntries(refused, clash, { ...refused, id: 'third', seq: 3 });
    const { press, text } = await opened(phone);
    await press(text('sync.unsent.againAll'));
    expect(phone.unsent().map(({ state }) => state)).toEqual(['waiting', 'conflict', 'waiting']);
  });

  it('sends again what is asked, as it was', async () => {
    const phone = new PhoneOfEntries(refused);
    const { press, text, page } = await opened(phone);
    await press(text('sync.unsent.again'));
    expect(phone.unsent()).toEqual([{ ...refused, state: 'waiting' }]);
    expect(page.querySelector('tl-section h2')?.textContent).toContain(text('sync.unsent.waiting'));
  });

  it('leads to the form of the thing with its words', async () => {
    const { press, text } = await opened(new PhoneOfEntries(refused));
    await press(text('sync.unsent.correct'));
    expect(TestBed.inject(Router).url).toBe('/visits/new?family=f');
    const handed = TestBed.inject(Handed);
    expect(handed.take('POST /visits')).toEqual(visit);
    expect(handed.take('POST /visits')).toBeUndefined();
  });

  it('where no form can be opened, everything that was written stands open', async () => {
    const outcome = { ...refused, operation: 'POST /outcomes', input: { id: 'o', type: 'inWork', personId: 'anna' } };
    const { page, text } = await opened(new PhoneOfEntries(outcome));
    expect(page.querySelector<HTMLDetailsElement>('details')?.open).toBe(true);
    expect(page.textContent).not.toContain(text('sync.unsent.correct'));
    expect(page.textContent).toContain(text('outcomes.type.inWork'));
  });

  it('lets a message be corrected where it stands', async () => {
    const message = { ...refused, operation: 'POST /referrals/{id}/messages', input: { id: 'm', text: 'Labdien!' } };
    const phone = new PhoneOfEntries(message);
    const { type, press, text } = await opened(phone);
    await type(text('sync.field.text'), 'Labdien, īsāk.');
    await press(text('sync.unsent.again'));
    expect(phone.unsent()[0]?.input).toEqual({ id: 'm', text: 'Labdien, īsāk.' });
  });

  it('throws nothing away before it has said what is lost, and what goes with it', async () => {
    const held = anUnsent({ seq: 3, state: 'held', operation: 'POST /referrals' });
    const phone = new PhoneOfEntries(refused, held);
    const { press, text, dialog, answer, settleDialog, page } = await opened(phone);
    expect(page.textContent).toContain(text('sync.unsent.heldFor', { what: text('sync.what.visits.create') }));
    await press(text('sync.unsent.drop'));
    await settleDialog();
    expect(dialog()?.textContent).toContain('Nav apavu.');
    expect(dialog()?.textContent).toContain(text('sync.what.referrals.create'));
    await answer(text('ui.cancel'));
    expect(phone.unsent()).toHaveLength(2);
    await press(text('sync.unsent.drop'));
    await settleDialog();
    await answer(text('sync.unsent.drop'));
    expect(phone.unsent()).toEqual([]);
  });

  it('has no way to throw away what the office may still take', async () => {
    const { page, text } = await opened(new PhoneOfEntries(anUnsent(), clash));
    expect(page.textContent).not.toContain(text('sync.unsent.drop'));
  });

  it('shows both texts of a clash, chooses neither, and goes on only when each is chosen', async () => {
    const phone = new PhoneOfEntries(clash);
    const { page, press, text, settle } = await opened(phone);
    expect(page.textContent).toContain('+371 20 000 001');
    expect(page.textContent).toContain('+371 20 000 002');
    expect(page.querySelectorAll('input:checked')).toHaveLength(0);
    const radios = [...page.querySelectorAll<HTMLInputElement>('input[type=radio]')];
    radios[0]?.click();
    await press(text('sync.clash.save'));
    expect(phone.chosen).toEqual([]);
    expect(page.querySelector('[role=alert]')?.textContent).toContain(text('sync.clash.missing', { count: 1 }));
    radios[3]?.click();
    await settle();
    await press(text('sync.clash.save'));
    expect(phone.chosen).toEqual([{ id: clash.id, choice: { phone: 'mine', firstName: 'theirs' } }]);
  });

  it('draws few of a thousand, and counts the others', async () => {
    const many = Array.from({ length: 1_000 }, (_, i) => anUnsent({ seq: i + 1 }));
    const { page, text } = await opened(new PhoneOfEntries(...many));
    expect(page.querySelectorAll('app-unsent-card')).toHaveLength(20);
    expect(page.textContent).toContain(text('ui.more', { count: 980 }));
  });

  it('claims that all is at the office only when the office has agreed', async () => {
    const unsure = Object.assign(new PhoneOfEntries(), { allSent: () => false });
    const { page, text } = await opened(unsure);
    expect(page.textContent).not.toContain(text('sync.unsent.empty'));
  });
});
