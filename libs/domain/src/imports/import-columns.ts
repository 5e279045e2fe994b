import { choices, type ChoiceList, type ChoiceOf } from '../fields/choices.js';
import { foldLatvian } from '../fields/fold.js';
import { spokenLanguages } from '../families/family.js';
import { employmentStatuses, genders, householdRoles, schoolStatuses } from '../persons/person.js';
import { consentGivers, noticeVersions } from '../consents/consent.js';

/** The columns of a list that can be taken over: first what binds rows into a family, then its yes, the person, the contacts. */
export const importColumns = choices('imports.column', [
  'family',
  'yes',
  'yesOn',
  'noticeVersion',
  'yesGiver',
  'firstName',
  'lastName',
  'householdRole',
  'birthDate',
  'birthYear',
  'gender',
  'schoolStatus',
  'employmentStatus',
  'personPhone',
  'familyName',
  'familyPhone',
  'address',
  'language',
  'arrangement',
]);
export type ImportColumn = ChoiceOf<typeof importColumns>;

/** What a spreadsheet has instead of a tick. */
export const importAnswers = choices('imports.answer', ['yes', 'no']);

/** Without these columns no row can be taken over, so they must be found in the file before anything is checked. */
export const neededColumns: readonly ImportColumn[] = [
  'family',
  'yes',
  'yesOn',
  'noticeVersion',
  'firstName',
  'householdRole',
];

/** Of the whole family: written in its first row, empty or the same in the others. */
export const familyColumns: ReadonlySet<ImportColumn> = new Set([
  'yes',
  'yesOn',
  'noticeVersion',
  'yesGiver',
  'familyName',
  'familyPhone',
  'address',
  'language',
  'arrangement',
]);

/** Columns whose cells hold a word of a list. */
export const listOfColumn: Partial<Record<ImportColumn, ChoiceList>> = {
  yes: importAnswers,
  noticeVersion: noticeVersions,
  yesGiver: consentGivers,
  householdRole: householdRoles,
  gender: genders,
  schoolStatus: schoolStatuses,
  employmentStatus: employmentStatuses,
  language: spokenLanguages,
};

/** What people call a column or a value of a list, in every language and spelling that is understood. Texts stand outside of domain. */
export interface ImportWords {
  headings(column: ImportColumn): readonly string[];
  values(list: ChoiceList, value: string): readonly string[];
}

/**
 * The column that each heading seems to mean, null where none does. Letters only, whatever their order („Tālrunis (ģimenes)”);
 * no column is proposed twice. A proposal is only that: people say yes to each.
 */
export function proposedColumns(headings: readonly string[], words: ImportWords): (ImportColumn | null)[] {
  const meant = new Map<string, ImportColumn>();
  for (const column of importColumns.values)
    for (const name of words.headings(column)) meant.set(wordsOf(name), meant.get(wordsOf(name)) ?? column);
  const taken = new Set<ImportColumn>();
  return headings.map((heading) => {
    const column = meant.get(wordsOf(heading));
    if (!column || taken.has(column)) return null;
    taken.add(column);
    return column;
  });
}

function wordsOf(text: string): string {
  return foldLatvian(text).split(' ').sort().join(' ');
}
