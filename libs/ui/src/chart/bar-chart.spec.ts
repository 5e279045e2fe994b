import { ChangeDetectionStrategy, Component } from '@angular/core';
import { render } from '../testing/render';
import { BarChart } from './bar-chart';

@Component({
  imports: [BarChart],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-bars caption="Vajadzību jomas" labelHead="Joma" valueHead="Personas" [bars]="bars" />`,
})
class Page {
  readonly bars = [
    { label: 'Izglītība', value: 1640 },
    { label: 'Diskriminācija', value: null },
    { label: 'Cits', value: 0 },
  ];
}

describe('Bars', () => {
  it('are a table whose hidden figure is a word, never a zero', async () => {
    const { page } = await render(Page);
    const rows = [...page.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent.trim()),
    );
    expect(rows).toEqual([
      ['Izglītība', '1\u00a0640'],
      ['Diskriminācija', 'slēpts'],
      ['Cits', '0'],
    ]);
    expect(page.querySelectorAll('.bar.hidden')).toHaveLength(1);
  });
});
