import { choiceLists, errorCodes, fieldErrorCodes } from '@tilts/domain';
import { checkTexts } from './check-texts.js';
import { catalogues } from './format.js';
import { sourceLanguage } from './languages.js';

const wanted = [
  ...choiceLists.flatMap((list) => list.values.map((value) => `${list.name}.${value}`)),
  ...Object.keys(errorCodes).map((code) => `errors.${code}`),
  ...fieldErrorCodes.map((code) => `fieldErrors.${code}`),
];

describe('The texts', () => {
  it('are complete in every language, for every choice, error and field error, with the same arguments', () => {
    expect(checkTexts(catalogues, sourceLanguage, wanted)).toEqual([]);
  });

  it('are found incomplete when a key, an argument or a brace is missing', () => {
    const lv = { a: { count: '{count, plural, zero {# ģimeņu} one {# ģimene} other {# ģimenes}}', name: 'Vārds' } };
    expect(checkTexts({ lv, en: { a: { count: '{count} families' } } }, 'lv')).toEqual(['en: a.name has no text']);
    expect(checkTexts({ lv, en: { a: { count: '{number} families', name: 'Name' } } }, 'lv')).toEqual([
      'en: a.count takes {number}, lv takes {count}',
    ]);
    expect(checkTexts({ lv, en: { a: { count: '{count', name: 'Name' } } }, 'lv')[0]).toContain(
      'en: a.count is not ICU',
    );
    const en = { a: { count: '{count, plural, one {# family} other {# families}}', name: 'Name' } };
    const ru = { a: { count: '{count, plural, one {# семья} other {# семьи}}', name: 'Имя' } };
    expect(checkTexts({ lv, en, ru }, 'lv')).toEqual(['ru: a.count lacks a form of ru: few, many']);
    expect(checkTexts({ lv }, 'lv', ['errors.NOT_FOUND'])).toEqual(['lv: errors.NOT_FOUND has no text']);
  });
});
