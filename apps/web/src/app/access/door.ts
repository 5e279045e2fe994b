import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { languageNames, languages } from '@tilts/i18n';
import { Icon, Segments, TextPipe } from '@tilts/ui';
import { PageLanguage } from '../platform/language';

/** The sheet for those who are not signed in: what this is, in which language, and what is inside. */
@Component({
  selector: 'app-door',
  imports: [Icon, Segments, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="door">
      <div class="brand">
        <span class="mark"><tl-icon name="bridge" /></span>
        <span class="name">{{ 'app.name' | text }}</span>
        <span class="purpose">{{ 'app.purpose' | text }}</span>
      </div>
      <div class="sheet"><ng-content /></div>
      <div class="foot">
        <tl-segments
          [label]="'shell.language' | text"
          [options]="languages"
          [value]="language.active()"
          (chosen)="language.use($event)"
        />
        <p class="promise"><tl-icon name="shield" />{{ 'access.signIn.promise' | text }}</p>
      </div>
    </div>
  `,
  styleUrl: './door.scss',
})
export class Door {
  protected readonly language = inject(PageLanguage);
  /** By their own names: people look for their own word. */
  protected readonly languages = languages.map((value) => ({ value, label: languageNames[value], lang: value }));
}
