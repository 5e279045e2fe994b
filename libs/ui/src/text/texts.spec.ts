import { ChangeDetectionStrategy, Component } from '@angular/core';
import { render } from '../testing/render';
import { DayPipe, TextPipe } from './pipes';

@Component({
  imports: [DayPipe, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<p>{{ 'ui.more' | text: { count: 3 } }}</p>
    <p>{{ '2026-11-23' | day: 'long' }}</p>`,
})
class Page {}

describe('Texts', () => {
  it('follow a change of language on a page that is already drawn', async () => {
    const { page, texts, settle } = await render(Page);
    expect(page.textContent).toBe('vēl 3pirmdiena, 23. novembris');
    await texts.use('en');
    await settle();
    expect(page.textContent).toBe('3 moreMonday 23 November');
  });

  it('are counted the Latvian way', async () => {
    const { texts } = await render(Page);
    expect([0, 1, 2, 21].map((count) => texts.text('problem.checkFields', { count }))).toEqual([
      'Jālabo 0 lauku',
      'Jālabo 1 lauks',
      'Jālabo 2 lauki',
      'Jālabo 21 lauks',
    ]);
  });

  it('of an unknown code are none', async () => {
    const { texts } = await render(Page);
    expect(texts.textOfCode('errors.NO_SUCH_CODE')).toBeNull();
  });
});
