import { bareTexts } from './bare-text.mjs';
import { workspace } from './files.mjs';
import { withPlanted } from './planted.mjs';

const inTemplate = (template) => withPlanted({ 'apps/web/src/app/visits/planted.html': template }, bareTexts);

describe('texts in templates', () => {
  it('all come from libs/i18n', () => {
    expect(bareTexts(workspace)).toEqual([]);
  });

  it.each([
    '<p>Apmeklējums</p>',
    '<p>{{ count }} visits</p>',
    '@if (open) { <b>Open</b> } @else { Closed }',
    '@for (x of list; track x) { <li>{{ x }}</li> } @empty { Nothing }',
    `<p>{{ done ? 'All is done' : '' }}</p>`,
    `<p>{{ done ? 'Jā' : '' }}</p>`,
    '<button aria-label="Close"></button>',
    '<input placeholder="Name">',
    '<a title="More {{ x }}"></a>',
    `<button [attr.aria-label]="'Aizvērt'"></button>`,
    '<p [innerHTML]="note"></p>',
    '<p style="color: red"></p>',
    '<p>{{ broken </p>@if {',
  ])('are found bare: %s', (template) => {
    expect(inTemplate(template)).not.toEqual([]);
  });

  it('are found bare in a template inside the class', () => {
    const component = (template) =>
      withPlanted(
        { 'libs/ui/src/notice/planted.ts': `@Component({ selector: 'tl-x', template: ${template} }) class X {}` },
        bareTexts,
      );
    expect(component('`<b>Saglabāts</b>`')).toHaveLength(1);
    expect(component('`<b>${word}</b>`')).toHaveLength(1);
    expect(component('`<b>{{ word }}</b>`')).toEqual([]);
  });

  it.each([
    `<p>{{ 'visits.title' | text }} · {{ count }} / 10</p>`,
    '<tl-field label="visits.field.minutes" class="wide" routerLink="/visits"></tl-field>',
    `<a [class.open]="state === 'open'">→</a>`,
  ])('are not suspected without reason: %s', (template) => {
    expect(inTemplate(template)).toEqual([]);
  });
});
