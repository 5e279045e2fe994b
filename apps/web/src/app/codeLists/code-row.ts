import {
  ChangeDetectionStrategy,
  Component,
  ElementRef,
  Injector,
  afterNextRender,
  computed,
  inject,
  input,
  output,
  signal,
} from '@angular/core';
import {
  CodeRetirement,
  CodeRewording,
  checkInput,
  codeListEndpoints,
  type Day,
  type EditableCode,
  type Words,
} from '@tilts/domain';
import { languageNames, languages, type Language } from '@tilts/i18n';
import { Button, DateField, DayPipe, Snack, Tag, TextField, TextPipe, Texts, formFor } from '@tilts/ui';
import { CALL } from '../platform/call';
import type { Fields } from '../platform/exchange';
import { ProblemNotice } from '../platform/problem';

type WordsForm = Required<Fields<Words>>;

/** One code of a list: what it is called, in place of what, and whether forms offer it; each changed on the spot. */
@Component({
  selector: 'app-code-row',
  imports: [Button, DateField, DayPipe, ProblemNotice, Tag, TextField, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './code-row.html',
  styleUrl: './code-row.scss',
})
export class CodeRow {
  readonly code = input.required<EditableCode>();
  readonly today = input.required<Day>();
  readonly changed = output<EditableCode>();

  readonly #call = inject(CALL);
  readonly #snack = inject(Snack);
  readonly #texts = inject(Texts);
  readonly #injector = inject(Injector);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef);
  protected readonly languages = languages;
  protected readonly names = languageNames;
  protected readonly opened = signal<'words' | 'retirement' | null>(null);
  protected readonly word = computed(() => this.wordIn(this.#texts.language()));
  protected readonly standard = computed(() => this.code().standard[this.#texts.language()] ?? '');
  protected readonly others = computed(() => languages.filter((language) => language !== this.#texts.language()));
  protected readonly reworded = computed(() => languages.some((language) => this.code().own[language]));
  protected readonly retired = computed(() => {
    const { retiredOn } = this.code();
    return retiredOn !== null && retiredOn <= this.today();
  });

  // Whether list and code are there is the server's to say: not every page of the browser knows every list.
  protected readonly words = formFor<WordsForm>({ lv: null, en: null, ru: null }, (words) =>
    checkInput(CodeRewording, { ...this.#named(), words }).problems.flatMap((problem) =>
      problem.field.startsWith('words.') ? [{ ...problem, field: problem.field.slice('words.'.length) }] : [],
    ),
  );
  protected readonly retirement = formFor<{ retiredOn: string | null }>({ retiredOn: null }, ({ retiredOn }) => [
    ...checkInput(CodeRetirement, { ...this.#named(), retiredOn }).problems.filter(
      ({ field }) => field === 'retiredOn',
    ),
    ...(retiredOn ? [] : [{ field: 'retiredOn', code: 'required' }]),
  ]);
  protected readonly returning = signal(false);
  protected readonly problem = signal<unknown>(null);

  protected wordIn(language: Language): string {
    return this.code().own[language] ?? this.code().standard[language] ?? '';
  }

  protected openWords(): void {
    const { lv = null, en = null, ru = null } = this.code().own;
    this.words.reset({ lv, en, ru });
    this.#open('words');
  }

  protected openRetirement(): void {
    this.retirement.reset({ retiredOn: this.today() });
    this.#open('retirement');
  }

  protected close(): void {
    this.opened.set(null);
    this.#focus('button');
  }

  protected async reword(): Promise<void> {
    const changed = await this.words.submit((words) =>
      this.#call(codeListEndpoints.reword, {
        input: { ...this.#named(), words: { lv: words.lv || null, en: words.en || null, ru: words.ru || null } },
      }),
    );
    if (changed) await this.#tell(changed);
  }

  protected async retire(): Promise<void> {
    const changed = await this.retirement.submit(({ retiredOn }) =>
      this.#call(codeListEndpoints.retire, { input: { ...this.#named(), retiredOn } }),
    );
    if (changed) await this.#tell(changed);
  }

  protected async bringBack(): Promise<void> {
    if (this.returning()) return;
    this.returning.set(true);
    this.problem.set(null);
    try {
      await this.#tell(await this.#call(codeListEndpoints.bringBack, { input: this.#named() }));
    } catch (problem) {
      this.problem.set(problem);
    } finally {
      this.returning.set(false);
    }
  }

  #named(): { list: string; code: string; version: number } {
    const { list, code, version } = this.code();
    return { list, code, version };
  }

  async #tell(changed: EditableCode): Promise<void> {
    this.close();
    this.changed.emit(changed);
    await this.#snack.show(this.#texts.text('codeLists.row.saved'));
  }

  #open(form: 'words' | 'retirement'): void {
    this.problem.set(null);
    this.opened.set(form);
    this.#focus('input');
  }

  /** What was pressed is gone when a form opens or closes; the next thing to do takes the focus. */
  #focus(what: 'input' | 'button'): void {
    afterNextRender(
      { read: () => this.#host.nativeElement.querySelector<HTMLElement>(what)?.focus() },
      { injector: this.#injector },
    );
  }
}
