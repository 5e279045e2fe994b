import type { Catalogue, Language } from '@tilts/i18n';
import en from '@tilts/i18n/en.json' with { loader: 'file' };
import lv from '@tilts/i18n/lv.json' with { loader: 'file' };
import ru from '@tilts/i18n/ru.json' with { loader: 'file' };

// The builder copies the texts beside the scripts under a name with their hash and gives us that name: a phone reads them as
// data, faster than as a script, and only the language that it shows.
const files = { lv, en, ru } as unknown as Record<Language, string>;

export async function fetchCatalogue(language: Language): Promise<Catalogue> {
  const answer = await fetch(files[language]);
  if (!answer.ok) throw new Error(`No texts: ${answer.status}`);
  return (await answer.json()) as Catalogue;
}
