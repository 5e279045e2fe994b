import type { FieldProblem, Ruled } from '../fields/check.js';
import { choiceLists, type ChoiceList } from '../fields/choices.js';
import { Count, DateOnly, Part, Parts, Text, YesNo } from '../fields/fields.js';

/** No brace: every text of Tilts is an ICU message, in which braces are arguments. */
const PLAIN = /^[^{}]*$/;

/** Words for one code, a language each; null: as Tilts says it. */
export class Words {
  @Text({ max: 120, pattern: PLAIN, optional: true })
  lv?: string | null;

  @Text({ max: 120, pattern: PLAIN, optional: true })
  en?: string | null;

  @Text({ max: 120, pattern: PLAIN, optional: true })
  ru?: string | null;
}

/** One code of a list that may be edited. */
export class CodeOfList implements Ruled {
  /** For example `visits.channel`. */
  @Text({ max: 60 })
  list: string;

  @Text({ max: 60 })
  code: string;

  rules(): FieldProblem[] {
    const list = editableList(this.list);
    if (!list) return [{ field: 'list', code: 'notThere' }];
    return list.has(this.code) ? [] : [{ field: 'code', code: 'notThere' }];
  }
}

/** A municipality's own words for a code. All left empty: Tilts' words again. */
export class CodeRewording extends CodeOfList {
  @Part(() => Words)
  words: Words;

  /** As it was read; 0 for a code that was never touched. */
  @Count()
  version: number;
}

/** From that day on forms leave the code out. Old records show it, and the API goes on taking it: phones hold work that was done before. */
export class CodeRetirement extends CodeOfList {
  /** Null: today. */
  @DateOnly({ optional: true })
  retiredOn?: string | null;

  @Count()
  version: number;
}

export class CodeReturn extends CodeOfList {
  @Count()
  version: number;
}

/** A code that is called otherwise here, or that forms leave out: everybody asks once after signing in. */
export class CodeWordingView extends Words {
  @Text({ max: 60 })
  list: string;

  @Text({ max: 60 })
  code: string;

  /** Whether forms leave it out today. */
  @YesNo()
  retired: boolean;

  @DateOnly({ optional: true })
  retiredOn: string | null;
}

/** A code as the coordinator edits it. */
export class EditableCode {
  @Text({ max: 60 })
  list: string;

  @Text({ max: 60 })
  code: string;

  /** As Tilts says it. */
  @Part(() => Words)
  standard: Words;

  /** As this installation says it; null where it says nothing else. */
  @Part(() => Words)
  own: Words;

  @DateOnly({ optional: true })
  retiredOn: string | null;

  /** False: rules or forms need it. */
  @YesNo()
  mayRetire: boolean;

  @Count()
  version: number;
}

/** A list whose words the coordinator may change; its own name stands in the texts at `codeLists.list.<name>`. */
export class EditableList {
  @Text({ max: 60 })
  name: string;

  @Parts(() => EditableCode)
  codes: EditableCode[];
}

export function editableLists(): ChoiceList[] {
  return choiceLists.filter((list) => list.editing !== undefined);
}

export function editableList(name: string): ChoiceList | undefined {
  return editableLists().find((list) => list.name === name);
}
