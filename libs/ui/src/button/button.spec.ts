import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { render } from '../testing/render';
import { Button } from './button';

@Component({
  imports: [Button],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<form (submit)="sent.set(sent() + 1); $event.preventDefault()">
    <button tlButton type="submit" [busy]="busy()">Saglabāt</button>
  </form>`,
})
class Page {
  readonly busy = signal(false);
  readonly sent = signal(0);
}

describe('A button', () => {
  it('sends nothing while it is busy, and says that it works', async () => {
    const { fixture, one, settle } = await render(Page);
    one('button').click();
    fixture.componentInstance.busy.set(true);
    await settle();
    one('button').click();
    expect(fixture.componentInstance.sent()).toBe(1);
    expect(one('[role=status]').textContent).toBe('Saglabā…');
    expect(one('button').getAttribute('aria-busy')).toBe('true');
  });
});
