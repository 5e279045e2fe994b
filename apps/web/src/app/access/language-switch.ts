import { ChangeDetectionStrategy, Component, input, output } from '@angular/core';
import { languageNames, languages, type Language } from '@tilts/i18n';

/** All languages by their own names; the one that is spoken now is marked. */
@Component({
  selector: 'app-language-switch',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'group', '[attr.aria-label]': 'label()' },
  template: `
    @for (language of languages; track language) {
      <button
        type="button"
        [lang]="language"
        [attr.aria-pressed]="language === active()"
        (click)="chosen.emit(language)"
      >
        {{ names[language] }}
      </button>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 4px;
      padding: 4px;
      border-radius: 14px;
      background: var(--tl-line);
    }
    button {
      min-block-size: 44px;
      padding: 0 16px;
      border: 0;
      border-radius: 10px;
      background: none;
      color: var(--tl-muted);
      font-weight: 500;
      cursor: pointer;
    }
    button[aria-pressed='true'] {
      background: var(--tl-card);
      color: var(--tl-accent);
      font-weight: 600;
    }
  `,
})
export class LanguageSwitch {
  readonly label = input.required<string>();
  readonly active = input.required<Language>();
  readonly chosen = output<Language>();
  protected readonly languages = languages;
  protected readonly names = languageNames;
}
