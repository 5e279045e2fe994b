import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { render } from '../testing/render';
import { Segments } from './segments';

@Component({
  imports: [Segments],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-segments label="Valoda" [options]="options" [value]="value()" (chosen)="value.set($event)" />`,
})
class Page {
  readonly options = [
    { value: 'lv' as const, label: 'Latviešu', lang: 'lv' },
    { value: 'ru' as const, label: 'Русский', lang: 'ru' },
  ];
  readonly value = signal<'lv' | 'ru'>('lv');
}

it('says which one is chosen, in its own language, and takes another', async () => {
  const { one, settle } = await render(Page);
  expect(one('[role=group]').getAttribute('aria-label')).toBe('Valoda');
  expect(one('[aria-pressed=true]').textContent.trim()).toBe('Latviešu');
  one('[lang=ru]').click();
  await settle();
  expect(one('[aria-pressed=true]').textContent.trim()).toBe('Русский');
});
