import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { formFor, formsInWork, type FormProblem } from './form';

interface Person {
  name: string;
  year: number | null;
  phones: { number: string }[];
}

const empty: Person = { name: '', year: null, phones: [{ number: '1' }] };
const check = (value: Person): FormProblem[] => [
  ...(value.name === '' ? [{ field: 'name', code: 'required' }] : []),
  ...value.phones.flatMap((phone, index) =>
    phone.number.length < 8 ? [{ field: `phones.${index}.number`, code: 'notAPhone' }] : [],
  ),
];

describe('A form', () => {
  it('shows a problem only once its field was left', () => {
    const name = formFor(empty, check).field('name');
    expect(name.problem()).toBeNull();
    name.leave();
    expect(name.problem()?.code).toBe('required');
    name.set('Anna');
    expect(name.problem()).toBeNull();
  });

  it('shows every problem when it is sent, and sends nothing', async () => {
    const form = formFor(empty, check);
    let sent = 0;
    expect(await form.submit(async () => ++sent)).toBeUndefined();
    expect(sent).toBe(0);
    expect(form.at('phones.0.number').problem()?.code).toBe('notAPhone');
  });

  it('changes a field inside a list without touching its neighbours', () => {
    const form = formFor({ ...empty, phones: [{ number: '1' }, { number: '2' }] });
    form.at<string>('phones.1.number').set('20000000');
    expect(form.value().phones).toEqual([{ number: '1' }, { number: '20000000' }]);
    expect(form.dirty()).toBe(true);
  });

  it('is sent once, however often the button is tapped', async () => {
    const form = formFor(empty);
    let sent = 0;
    let finish = (): void => undefined;
    const work = () => new Promise<number>((done) => (finish = () => done(++sent)));
    const first = form.submit(work);
    const second = form.submit(work);
    expect(form.sending()).toBe(true);
    finish();
    expect([await first, await second]).toEqual([1, undefined]);
    expect(form.dirty()).toBe(false);
  });

  it('shows what the server refused at its field, until that field changes', async () => {
    const form = formFor(empty);
    const refusal = Object.assign(new Error('refused'), { fields: [{ field: 'year', code: 'inTheFuture' }] });
    await form.submit(() => Promise.reject(refusal));
    expect(form.failure()).toBe(refusal);
    expect(form.field('year').problem()?.code).toBe('inTheFuture');
    form.field('year').set(1984);
    expect(form.field('year').problem()).toBeNull();
  });

  it('is in work from the first letter until it is saved or its page is left', async () => {
    @Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
    class Page {
      readonly form = formFor({ name: '' });
    }
    expect(formsInWork()).toBe(false);
    const page = TestBed.createComponent(Page);
    expect(formsInWork()).toBe(false);
    page.componentInstance.form.field('name').set('A');
    expect(formsInWork()).toBe(true);
    await page.componentInstance.form.submit(async () => undefined);
    expect(formsInWork()).toBe(false);
    page.componentInstance.form.field('name').set('An');
    page.destroy();
    expect(formsInWork()).toBe(false);
  });
});
