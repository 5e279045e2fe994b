import type { ChoiceList, ImportColumn, ImportWords } from '@tilts/domain';
import { languages, messageOf, type Catalogue } from '@tilts/i18n';
import { fetchCatalogue } from '../platform/catalogues';

/** What columns and words of lists are called in every language of Tilts: a list is understood whoever wrote it. */
export async function loadImportWords(ownWords: (key: string) => string | null): Promise<ImportWords> {
  return importWords(await Promise.all(languages.map(fetchCatalogue)), ownWords);
}

/** `ownWords`: what the page shows today, where the municipality has a wording of its own. */
export function importWords(catalogues: readonly Catalogue[], ownWords: (key: string) => string | null): ImportWords {
  const one = (key: string): string[] => catalogues.flatMap((catalogue) => messageOf(catalogue, key) ?? []);
  const several = (key: string): string[] =>
    one(key)
      .join(';')
      .split(';')
      .map((word) => word.trim());
  return {
    headings: (column: ImportColumn) => [
      ...one(`imports.column.${column}`),
      ...several(`imports.alsoCalled.${column}`),
    ],
    values: (list: ChoiceList, value: string) => {
      const key = `${list.name}.${value}`;
      return [...one(key), ...(ownWords(key) ? [ownWords(key) ?? ''] : []), ...several(`imports.alsoMeant.${key}`)];
    },
  };
}
