import { Pipe, inject, type PipeTransform } from '@angular/core';
import { formatPhone, type DayStyle, type TextKey, type TextParams } from '@tilts/i18n';
import { Texts } from './texts';

// Impure, because their answer also depends on the language; each is a map look-up or a cached formatter.

/** `{{ 'visits.form.title' | text: { count } }}` */
@Pipe({ name: 'text', pure: false })
export class TextPipe implements PipeTransform {
  readonly #texts = inject(Texts);

  transform(key: TextKey, params?: TextParams): string {
    return this.#texts.text(key, params);
  }
}

/** A calendar day: `{{ visit.day | day: 'long' }}`; `'ago'` says how far it is from today. */
@Pipe({ name: 'day', pure: false })
export class DayPipe implements PipeTransform {
  readonly #texts = inject(Texts);

  transform(day: string, style?: DayStyle | 'ago'): string {
    return style === 'ago' ? this.#texts.ago(day) : this.#texts.day(day, style);
  }
}

/** A moment in Riga: `{{ event.at | moment }}`; `'time'` is the hour alone, `'ago'` how far its day is from today. */
@Pipe({ name: 'moment', pure: false })
export class MomentPipe implements PipeTransform {
  readonly #texts = inject(Texts);

  transform(moment: string, style?: DayStyle | 'time' | 'ago'): string {
    if (style === 'time') return this.#texts.time(moment);
    return style === 'ago' ? this.#texts.ago(moment) : this.#texts.moment(moment, style);
  }
}

/** How long: `{{ visit.minutes | minutes }}` */
@Pipe({ name: 'minutes', pure: false })
export class MinutesPipe implements PipeTransform {
  readonly #texts = inject(Texts);

  transform(minutes: number): string {
    return this.#texts.minutes(minutes);
  }
}

/** A figure: `{{ total.visits | figure }}` */
@Pipe({ name: 'figure', pure: false })
export class FigurePipe implements PipeTransform {
  readonly #texts = inject(Texts);

  transform(value: number): string {
    return this.#texts.figure(value);
  }
}

/** A phone number in groups: `{{ family.phone | phone }}` */
@Pipe({ name: 'phone' })
export class PhonePipe implements PipeTransform {
  transform(number: string): string {
    return formatPhone(number);
  }
}
