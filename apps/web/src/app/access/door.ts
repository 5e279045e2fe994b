import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { Icon, TextPipe } from '@tilts/ui';
import { PageLanguage } from '../platform/language';
import { LanguageSwitch } from './language-switch';

/** The sheet for those who are not signed in: what this is, in which language, and what is inside. */
@Component({
  selector: 'app-door',
  imports: [Icon, LanguageSwitch, TextPipe],
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
        <app-language-switch
          [label]="'shell.language' | text"
          [active]="language.active()"
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
}
