import { Injectable } from '@nestjs/common';
import {
  DomainError,
  editableLists,
  type CodeOfList,
  type CodeRetirement,
  type CodeReturn,
  type CodeRewording,
  type CodeWordingView,
  type EditableCode,
  type EditableList,
  editableList,
  type Page,
  type Words,
} from '@tilts/domain';
import { catalogues, messageOf, type Language } from '@tilts/i18n';
import { RequestTransaction } from '../database/request-transaction.js';
import { CodeWording } from './code-wording.entity.js';

/** What a code of a list is called; also of a list that nobody may edit. */
export type Wording = (list: string, code: string) => string;

const columns = `list, code, lv, en, ru, retired_on AS "retiredOn", version`;
const all = `SELECT ${columns} FROM code_wording ORDER BY list, code`;
const one = `SELECT ${columns} FROM code_wording WHERE list = $1 AND code = $2`;
// Two coordinators at once: the second one's version is not the row's any more, and nothing is written.
const write = `
  INSERT INTO code_wording (list, code, lv, en, ru, retired_on, version) VALUES ($1, $2, $3, $4, $5, $6, 1)
  ON CONFLICT (list, code) DO UPDATE SET lv = excluded.lv, en = excluded.en, ru = excluded.ru, retired_on = excluded.retired_on, version = code_wording.version + 1
  WHERE code_wording.version = $7 RETURNING ${columns}`;

/** How this installation calls the codes of its lists, and which of them its forms leave out. The codes themselves are the domain's. */
@Injectable()
export class CodeListService {
  constructor(private readonly transaction: RequestTransaction) {}

  /** Only what differs from Tilts' own words: few rows, asked by everybody once after signing in. */
  async wordings(): Promise<Page<CodeWordingView>> {
    const { today } = this.transaction;
    const rows = await this.transaction.query<CodeWording>(all);
    const told = rows.filter((row) => row.lv ?? row.en ?? row.ru ?? row.retiredOn);
    return {
      items: told.map((row) => ({ ...row, retired: row.retiredOn !== null && row.retiredOn <= today })),
      next: null,
    };
  }

  async editable(): Promise<Page<EditableList>> {
    const rows = await this.transaction.query<CodeWording>(all);
    const rowOf = (list: string, code: string): CodeWording | undefined =>
      rows.find((row) => row.list === list && row.code === code);
    return {
      items: editableLists().map(({ name, values }) => ({
        name,
        codes: values.map((code) => viewOf({ list: name, code }, rowOf(name, code))),
      })),
      next: null,
    };
  }

  async reword({ words, ...change }: CodeRewording): Promise<EditableCode> {
    return this.write(change, () => ownOf(words));
  }

  async retire({ retiredOn, ...change }: CodeRetirement): Promise<EditableCode> {
    if (!editableList(change.list)?.mayRetire(change.code)) throw new DomainError('CODE_NEEDED');
    return this.write(change, () => ({ retiredOn: retiredOn ?? this.transaction.today }));
  }

  async bringBack(change: CodeReturn): Promise<EditableCode> {
    return this.write(change, () => ({ retiredOn: null }));
  }

  /** For what the API writes itself: the report as a table. */
  async wordingIn(language: Language): Promise<Wording> {
    const rows = await this.transaction.query<CodeWording>(all);
    const standard = standardWording(language);
    const own = new Map(rows.map((row) => [`${row.list}.${row.code}`, row[language]]));
    return (list, code) => own.get(`${list}.${code}`) ?? standard(list, code);
  }

  private async write(
    { list, code, version }: Pick<CodeReturn, 'list' | 'code' | 'version'>,
    change: () => Partial<CodeWording>,
  ): Promise<EditableCode> {
    const [kept] = await this.transaction.query<CodeWording>(one, [list, code]);
    if ((kept?.version ?? 0) !== version) throw new DomainError('CHANGED_MEANWHILE');
    const { lv, en, ru, retiredOn } = { ...kept, ...change() };
    const values = [list, code, lv ?? null, en ?? null, ru ?? null, retiredOn ?? null, version];
    const [written] = await this.transaction.query<CodeWording>(write, values);
    if (!written) throw new DomainError('CHANGED_MEANWHILE');
    return viewOf({ list, code }, written);
  }
}

/** As Tilts calls every code. */
export function standardWording(language: Language): Wording {
  return (list, code) => standardOf({ list, code })[language] ?? code;
}

type Named = Pick<CodeOfList, 'list' | 'code'>;

function viewOf({ list, code }: Named, row: CodeWording | undefined): EditableCode {
  return {
    list,
    code,
    standard: standardOf({ list, code }),
    own: ownOf(row),
    retiredOn: row?.retiredOn ?? null,
    mayRetire: editableList(list)?.mayRetire(code) ?? false,
    version: row?.version ?? 0,
  };
}

function ownOf(words: Words | undefined): Required<Words> {
  return { lv: words?.lv ?? null, en: words?.en ?? null, ru: words?.ru ?? null };
}

function standardOf({ list, code }: Named): Required<Words> {
  const text = (language: Language): string | null => messageOf(catalogues[language], `${list}.${code}`) ?? null;
  return { lv: text('lv'), en: text('en'), ru: text('ru') };
}
