import { formatDay, formatMoment, formatMonth, relativeDay, rigaDay } from './dates.js';
import { formatMessage } from './format-message.js';
import { format } from './format.js';
import { preferredLanguage } from './languages.js';
import { formatMinutes, formatNumber, formatPhone } from './numbers.js';

const families = '{count, plural, zero {# ģimeņu} one {# ģimene} other {# ģimenes}}';
const russianFamilies = '{count, plural, one {# семья} few {# семьи} many {# семей} other {# семьи}}';

describe('Messages', () => {
  it.each([
    [0, '0 ģimeņu'],
    [1, '1 ģimene'],
    [2, '2 ģimenes'],
    [11, '11 ģimeņu'],
    [21, '21 ģimene'],
  ])('count %i the Latvian way', (count, text) => {
    expect(formatMessage('lv', families, { count })).toBe(text);
  });

  it.each([
    [0, '0 семей'],
    [1, '1 семья'],
    [2, '2 семьи'],
    [5, '5 семей'],
    [11, '11 семей'],
    [12, '12 семей'],
    [21, '21 семья'],
    [22, '22 семьи'],
    [111, '111 семей'],
  ])('count %i the Russian way', (count, text) => {
    expect(formatMessage('ru', russianFamilies, { count })).toBe(text);
  });

  it('tell the results of the project in a whole sentence of each language', () => {
    const figures = { mediators: 5, municipalities: 5, months: 7, families: 134, persons: 171 };
    expect(format('lv', 'reports.summary', figures)).toBe(
      'Pieci mediatori piecās pašvaldībās septiņos mēnešos sadarbojās ar **134 ģimenēm** un sniedza palīdzību **171 cilvēkam**.',
    );
    expect(format('ru', 'reports.summary', figures)).toBe(
      'Пять медиаторов в пяти самоуправлениях за семь месяцев сотрудничали с **134 семьями** и оказали помощь **171 человеку**.',
    );
    expect(
      format('ru', 'reports.summary', { mediators: 1, municipalities: 1, months: 21, families: 1, persons: 5 }),
    ).toBe(
      'Один медиатор в одном самоуправлении за 21 месяц сотрудничал с **1 семьей** и оказал помощь **5 человекам**.',
    );
  });
});

describe('Days', () => {
  it('are written as people write them', () => {
    expect(formatDay('lv', '2026-11-23', 'long')).toBe('pirmdiena, 23. novembris');
    const until = ['2026-12-07', '2026-03-02', '2026-04-01'].map((day) => formatDay('lv', day, 'until'));
    expect(until).toEqual(['7. decembrim', '2. martam', '1. aprīlim']);
    expect(formatDay('lv', '2026-11-27', 'short')).toBe('27.11.');
    expect(formatDay('lv', '2026-11-23')).toBe('23.11.2026.');
    expect(formatDay('en', '2026-11-23', 'long')).toBe('Monday 23 November');
    expect(formatMonth('lv', '2017-10')).toBe('2017. gada oktobris');
    expect(formatDay('ru', '2026-11-23', 'long')).toBe('понедельник, 23 ноября');
    expect(formatDay('ru', '2026-03-02', 'until')).toBe('2 марта');
    expect(formatDay('ru', '2026-11-27', 'short')).toBe('27.11');
    expect(formatDay('ru', '2026-11-23')).toBe('23.11.2026');
    expect(formatDay('ru', '2026-11-23', 'full')).toBe('23 ноября 2026 г.');
    expect(formatMonth('ru', '2017-10')).toBe('октябрь 2017 г.');
  });

  it('are days in Riga', () => {
    expect(rigaDay('2026-11-23T22:30:00Z')).toBe('2026-11-24');
    expect(formatMoment('lv', '2026-11-23T22:30:00Z')).toBe('24.11.2026. 00:30');
  });

  it('tell how far they are', () => {
    expect(relativeDay('lv', '2026-11-23', '2026-11-23')).toBe('šodien');
    expect(relativeDay('lv', '2026-11-20', '2026-11-23')).toBe('pirms 3 dienām');
    expect(relativeDay('lv', '2026-11-24', '2026-11-23')).toBe('rīt');
    expect(relativeDay('en', '2026-11-01', '2026-11-23')).toBe('3 weeks ago');
    expect(relativeDay('ru', '2026-11-20', '2026-11-23')).toBe('3 дня назад');
    expect(relativeDay('ru', '2026-11-22', '2026-11-23')).toBe('вчера');
    expect(relativeDay('ru', '2026-12-14', '2026-11-23')).toBe('через 3 недели');
  });
});

describe('Figures', () => {
  it('are grouped, and minutes become hours', () => {
    expect(formatNumber('lv', 1234)).toBe('1\u00a0234');
    expect(formatMinutes('lv', 45)).toBe('45 min');
    expect(formatMinutes('lv', 90)).toBe('1 h 30 min');
    expect(formatNumber('ru', 1234)).toBe('1\u00a0234');
    expect(formatNumber('ru', 1.5, 1)).toBe('1,5');
    expect(formatMinutes('ru', 90)).toBe('1 ч 30 мин');
  });

  it('show a Latvian phone number in groups and any other as it is', () => {
    expect(formatPhone('+37120000865')).toBe('+371 20 000 865');
    expect(formatPhone('+4915112345678')).toBe('+4915112345678');
  });
});

describe('The language of a browser', () => {
  it('is the first that we speak, else Latvian', () => {
    expect(preferredLanguage(['ru-RU', 'en-US', 'lv'])).toBe('ru');
    expect(preferredLanguage(['de-DE', 'en-US', 'lv'])).toBe('en');
    expect(preferredLanguage(['fr'])).toBe('lv');
  });
});
