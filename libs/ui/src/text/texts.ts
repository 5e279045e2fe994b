import { Injectable, computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { TranslocoService } from '@jsverse/transloco';
import {
  formatDay,
  formatMinutes,
  formatMoment,
  formatMonth,
  formatNumber,
  formatPercent,
  formatTime,
  isLanguage,
  relativeDay,
  rigaDay,
  sourceLanguage,
  type DayStyle,
  type Language,
  type TextKey,
  type TextParams,
} from '@tilts/i18n';
import { firstValueFrom } from 'rxjs';

/** Words of this installation that stand before those of the files, by language and key. Plain words, no messages with arguments. */
export type OwnWords = Partial<Record<Language, ReadonlyMap<string, string>>>;

/** Everything that is written on a page, in the language that the person reads. Read inside a template or computed it follows a change of language. */
@Injectable({ providedIn: 'root' })
export class Texts {
  readonly #transloco = inject(TranslocoService);
  readonly #active = toSignal(this.#transloco.langChanges$, { initialValue: this.#transloco.getActiveLang() });
  readonly language = computed<Language>(() => {
    const active = this.#active();
    return isLanguage(active) ? active : sourceLanguage;
  });

  readonly #own = signal<OwnWords>({});

  text(key: TextKey, params?: TextParams): string {
    return this.#own()[this.language()]?.get(key) ?? this.#transloco.translate(key, params, this.language());
  }

  /** The text of a code, such as `errors.NOT_FOUND`, that only the server knew. Null when there is none. */
  textOfCode(key: string, params?: TextParams): string | null {
    const own = this.#own()[this.language()]?.get(key);
    if (own) return own;
    try {
      const text = this.#transloco.translate<string>(key, params, this.language());
      return text === key ? null : text;
    } catch {
      // The text wants an argument that this server did not send: a plainer text is better than no page.
      return null;
    }
  }

  /** The day of another year says its year. */
  day(day: string, style?: DayStyle): string {
    const elsewhen = style === 'long' && day.slice(0, 4) !== rigaDay(new Date()).slice(0, 4);
    return formatDay(this.language(), day, elsewhen ? 'full' : style);
  }

  /** Šodien, vakar, pirms 3 dienām. Takes a day or a moment. */
  ago(when: string, today = rigaDay(new Date())): string {
    return relativeDay(this.language(), when.length > 10 ? rigaDay(when) : when, today);
  }

  month(month: string, style?: 'full' | 'name'): string {
    return formatMonth(this.language(), month, style);
  }

  moment(moment: string, style?: DayStyle): string {
    return formatMoment(this.language(), moment, style);
  }

  time(moment: string): string {
    return formatTime(this.language(), moment);
  }

  minutes(minutes: number): string {
    return formatMinutes(this.language(), minutes);
  }

  figure(value: number, decimals?: number): string {
    return formatNumber(this.language(), value, decimals);
  }

  percent(share: number): string {
    return formatPercent(this.language(), share);
  }

  /** Lays an installation's own words over the texts, in place of those that it laid before. */
  layOver(words: OwnWords): void {
    this.#own.set(words);
  }

  /** Loads a language and shows it. */
  async use(language: Language): Promise<void> {
    await firstValueFrom(this.#transloco.load(language));
    this.#transloco.setActiveLang(language);
  }
}
