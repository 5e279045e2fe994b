import { ChangeDetectionStrategy, Component } from '@angular/core';
import { ChipMany, ChipOne } from '../chips/chips';
import { render } from '../testing/render';
import { formFor } from './form';
import { TextField } from './text-field';

const areas = ['EDU', 'HOU', 'EMP', 'HEA', 'DOC', 'SOC', 'CHI'].map((value) => ({ value, label: value.toLowerCase() }));

@Component({
  imports: [ChipMany, ChipOne, TextField],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-text [field]="form.field('name')" label="Vārds" hint="Kā ģimene vēlas" required />
    <tl-chip-many [field]="form.field('areas')" label="Par ko runājāt?" [options]="areas" [first]="3" />
    <tl-chip-one [field]="form.field('minutes')" label="Cik ilgi?" [options]="minutes" />
  `,
})
class Page {
  readonly areas = areas;
  readonly minutes = [15, 30].map((value) => ({ value, label: String(value) }));
  readonly form = formFor<{ name: string; areas: readonly string[]; minutes: number | null }>(
    { name: '', areas: ['SOC'], minutes: null },
    (value) => [
      ...(value.name ? [] : [{ field: 'name', code: 'required' }]),
      ...(value.areas.length > 0 ? [] : [{ field: 'areas', code: 'required' }]),
    ],
  );
}

describe('A text field', () => {
  it('reads its label, hint and problem together', async () => {
    const { fixture, one, settle } = await render(Page);
    const input = one<HTMLInputElement>('input');
    expect(one('label').textContent).toContain('Vārds');
    expect(one<HTMLLabelElement>('label').htmlFor).toBe(input.id);
    fixture.componentInstance.form.showProblems();
    await settle();
    const described = (input.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent.trim());
    expect(described).toEqual(['Kā ģimene vēlas', 'Šis lauks ir jāaizpilda.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('gives what was typed to the form', async () => {
    const { fixture, one, settle } = await render(Page);
    const input = one<HTMLInputElement>('input');
    input.value = 'Anna';
    input.dispatchEvent(new Event('input'));
    await settle();
    expect(fixture.componentInstance.form.value().name).toBe('Anna');
  });
});

describe('Chips', () => {
  it('hide what is rare behind a count, but never what is chosen', async () => {
    const { page, one, settle } = await render(Page);
    const words = () => [...page.querySelectorAll('tl-chip-many label')].map((label) => label.textContent.trim());
    expect(words()).toEqual(['edu', 'hou', 'emp', 'soc']);
    expect(one('.more').textContent).toBe('vēl 3');
    one('.more').click();
    await settle();
    expect(words()).toHaveLength(7);
  });

  it('are chosen and left by the same tap; of one kind only one is on', async () => {
    const { fixture, page, settle } = await render(Page);
    const tap = async (selector: string, index: number) => {
      page.querySelectorAll<HTMLInputElement>(selector)[index]?.click();
      await settle();
    };
    await tap('tl-chip-many input', 0);
    expect(fixture.componentInstance.form.value().areas).toEqual(['SOC', 'EDU']);
    await tap('tl-chip-many input', 3);
    expect(fixture.componentInstance.form.value().areas).toEqual(['EDU']);
    await tap('tl-chip-one input', 0);
    await tap('tl-chip-one input', 1);
    expect(fixture.componentInstance.form.value().minutes).toBe(30);
  });

  it('take the focus as a group when something is wrong', async () => {
    const { fixture, one, settle } = await render(Page);
    fixture.componentInstance.form.patch({ name: 'Anna', areas: [] });
    fixture.componentInstance.form.showProblems();
    await settle();
    await new Promise((done) => setTimeout(done));
    expect(document.activeElement).toBe(one('tl-chip-many fieldset'));
  });
});
