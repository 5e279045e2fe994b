import { ChangeDetectionStrategy, Component, computed, inject, input, linkedSignal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { codeListEndpoints, dayOf, type EditableCode, type EditableList } from '@tilts/domain';
import type { TextKey } from '@tilts/i18n';
import { Button, Card, EmptyState, List, PageFrame, Section, TextPipe, Texts } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { CodeLists } from './code-lists';
import { CodeRow } from './code-row';

/** The lists from which people choose in forms: how each code is called here, and which are offered no more. */
@Component({
  selector: 'app-code-lists-page',
  imports: [Awaiting, Button, Card, CodeRow, EmptyState, List, PageFrame, RouterLink, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './code-lists-page.html',
  styles: `
    .name {
      font-size: 1.0625rem;
    }
    @media (min-width: 900px) {
      .grid {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
    }
  `,
})
export class CodeListsPage {
  /** The list that is open; none: all of them by name. */
  readonly list = input<string>();

  readonly #texts = inject(Texts);
  readonly #codeLists = inject(CodeLists);
  protected readonly today = dayOf(new Date());
  protected readonly source = read(codeListEndpoints.editable, () => ({}));
  /** As they were read, or as the last change left them. */
  readonly #lists = linkedSignal(() => this.source.value()?.items);
  protected readonly lists = computed(() =>
    [...(this.#lists() ?? [])]
      .map((list) => ({ ...list, title: this.#titleOf(list.name) }))
      .sort((a, b) => a.title.localeCompare(b.title, this.#texts.language())),
  );
  protected readonly open = computed(() => this.lists().find(({ name }) => name === this.list()));
  protected readonly offered = computed(() => (this.open()?.codes ?? []).filter((code) => !this.#isRetired(code)));
  protected readonly retired = computed(() => (this.open()?.codes ?? []).filter((code) => this.#isRetired(code)));

  protected counts({ codes }: EditableList): string {
    const reworded = codes.filter(({ own }) => own.lv ?? own.en ?? own.ru).length;
    const retired = codes.filter((code) => this.#isRetired(code)).length;
    return [
      this.#texts.text('codeLists.page.codes', { count: codes.length }),
      ...(reworded > 0 ? [this.#texts.text('codeLists.page.reworded', { count: reworded })] : []),
      ...(retired > 0 ? [this.#texts.text('codeLists.page.retiredCount', { count: retired })] : []),
    ].join(' · ');
  }

  protected take(changed: EditableCode): void {
    this.#lists.update((lists) =>
      lists?.map((list) => ({
        ...list,
        codes: list.codes.map((code) => (code.list === changed.list && code.code === changed.code ? changed : code)),
      })),
    );
    // The pages of this browser speak the new words at once; without a network they follow at the next opening.
    this.#codeLists.read().catch(() => undefined);
  }

  #isRetired({ retiredOn }: EditableCode): boolean {
    return retiredOn !== null && retiredOn <= this.today;
  }

  #titleOf(name: string): string {
    // Each editable list has a name: code-wording.spec of the domain with check-texts.spec.
    return this.#texts.text(`codeLists.list.${name}` as TextKey);
  }
}
