import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choice, Count, Moment, Parts, Reference, References, Text } from '../fields/fields.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { NewFamily } from '../registration/registration.js';

/** Persons that one list may bring at most. */
export const MAX_IMPORTED_PERSONS = 1_000;
/** Families that travel in one part of a list: small enough for a bad network, and for showing how far it is. */
export const MAX_FAMILIES_OF_PART = 50;
/** Hours within which a list can be taken back, and after which one that was not confirmed is gone. */
export const IMPORT_HOURS = 24;

/** A family as it stands in somebody's list, with its yes: what is sent is complete, so that not even a draft lacks its ground. */
export class ImportedFamily extends NewFamily {
  /** The row of the list, as the spreadsheet numbers it. */
  @Count({ min: 1, max: 1_048_576 })
  line: number;

  override rules(): FieldProblem[] {
    const problems = super.rules();
    if (this.persons.length === 0) problems.push({ field: 'persons', code: 'required' });
    return problems;
  }
}

/** The beginning of an import: how much will come, so that a part that got lost is missed. */
export class NewImport implements Ruled {
  @Reference()
  id: string;

  /** A municipality where the mediator works today; every family of the list lives there. */
  @Reference()
  municipalityId: string;

  @Count({ min: 1, max: MAX_IMPORTED_PERSONS })
  families: number;

  /** One row of the list is one person. */
  @Count({ min: 1, max: MAX_IMPORTED_PERSONS })
  persons: number;

  @Count({ min: 1, max: MAX_IMPORTED_PERSONS })
  parts: number;

  rules(): FieldProblem[] {
    return (['families', 'parts'] as const)
      .filter((field) => this[field] > this.persons)
      .map((field) => ({ field, code: 'mismatch' }));
  }
}

/** Some families of the list. The same number sent again takes the place of the first. */
export class ImportPart implements Ruled {
  @Count({ min: 1, max: MAX_IMPORTED_PERSONS })
  number: number;

  @Parts(() => ImportedFamily, { max: MAX_FAMILIES_OF_PART })
  families: ImportedFamily[];

  rules(): FieldProblem[] {
    return this.families.flatMap((family, i) =>
      family.rules().map((problem) => ({ ...problem, field: `families.${i}.${problem.field}` })),
    );
  }
}

/** The yes to the whole list. */
export class CommitImport {
  /** Families that turned out to be there already. */
  @References({ max: MAX_IMPORTED_PERSONS, optional: true })
  leaveOut?: string[] | null;
}

export const importStatuses = choices('imports.status', ['receiving', 'received', 'written', 'undone']);
export type ImportStatus = ChoiceOf<typeof importStatuses>;

/** A family that an import brought. */
export class BroughtFamily {
  @Reference()
  id: string;

  @Text({ max: 12 })
  code: string;

  @Text({ max: 120 })
  name: string;
}

/** How far an import is. */
export class ImportView {
  @Reference()
  id: string;

  @Reference()
  municipalityId: string;

  @Choice(importStatuses)
  status: ImportStatus;

  /** Of the list; once it is written, of what was written. */
  @Count()
  families: number;

  @Count()
  persons: number;

  @Count()
  parts: number;

  /** Persons that arrived. */
  @Count()
  received: number;

  /** Persons written so far, while it is being written; null when nothing is under way. */
  @Count({ optional: true })
  writing: number | null;

  @Moment()
  startedAt: string;

  /** When it vanishes unless it is confirmed; once it is written, until when it can be taken back. */
  @Moment()
  until: string;

  @Moment({ optional: true })
  writtenAt: string | null;

  /** Families that were erased when it was taken back. */
  @Count()
  removed: number;

  /** Once it is written: the families that it brought. Once it was taken back: those that somebody worked with meanwhile, so they stay. */
  @Parts(() => BroughtFamily)
  brought: BroughtFamily[];
}

/** What keeps a list from being written. */
export const importObstacles = choices('imports.obstacle', ['incomplete', 'noAssignment', 'repeated', 'registered']);
export type ImportObstacle = ChoiceOf<typeof importObstacles>;

export class ImportObstacleView {
  @Choice(importObstacles)
  obstacle: ImportObstacle;

  /** The row of the list; null when it is about the whole. */
  @Count({ min: 1, optional: true })
  line: number | null;
}

/** A person of the list who may be there already: a warning, since a name alone proves nothing. */
export class AlikeView {
  @Reference()
  familyId: string;

  @Count({ min: 1 })
  line: number;

  /** Members of that family in the list. */
  @Count({ min: 1 })
  persons: number;

  /** Who stands in the list. */
  @Text({ max: 180 })
  name: string;

  /** Who is like them. */
  @Text({ max: 180 })
  other: string;

  /** Of the other, when their family is registered; null when they stand in the same list. */
  @Text({ max: 12, optional: true })
  code: string | null;

  /** Of the other, when they stand in the same list. */
  @Count({ min: 1, optional: true })
  otherLine: number | null;
}

/** What the server finds in a list that it holds, without writing anything. */
export class ImportCheck {
  @Count()
  families: number;

  @Count()
  persons: number;

  @Parts(() => ImportObstacleView)
  obstacles: ImportObstacleView[];

  @Parts(() => AlikeView)
  alike: AlikeView[];
}
