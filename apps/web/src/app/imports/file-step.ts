import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { importEndpoints, type ChoiceList, type ImportView } from '@tilts/domain';
import { Between, Button, Card, ChipOne, List, MomentPipe, Notice, Section, TextPipe, Texts, fieldOf } from '@tilts/ui';
import { Session } from '../access/session';
import { CodeLists } from '../codeLists/code-lists';
import { read } from '../platform/read';
import { saveAsFile } from '../platform/save-as-file';
import { ImportRun } from './import-run';

/** The beginning: a template to fill in, the file to choose, and lists that wait or can still be taken back. */
@Component({
  selector: 'app-import-file',
  imports: [Between, Button, Card, ChipOne, List, MomentPipe, Notice, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './file-step.html',
  styleUrl: './import-steps.scss',
})
export class FileStep {
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #codeLists = inject(CodeLists);
  protected readonly run = inject(ImportRun);
  protected readonly earlier = read(importEndpoints.list, () => ({}));
  protected readonly places = computed(() =>
    (this.#session.me()?.workPlaces ?? []).map((place) => ({ value: place.municipalityId, label: place.name })),
  );
  protected readonly place = fieldOf(this.run.municipalityId() || (this.places()[0]?.value ?? ''));

  protected async choose(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // So that the same file, corrected, is a change again.
    input.value = '';
    if (file) await this.#take(file);
  }

  protected async drop(event: DragEvent): Promise<void> {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) await this.#take(file);
  }

  protected async template(kind: 'xlsx' | 'csv'): Promise<void> {
    const { csvTemplate, xlsxTemplate } = await import('./template');
    const content =
      kind === 'csv'
        ? csvTemplate(this.#texts)
        : new Uint8Array(await (await xlsxTemplate(this.#texts, (list) => this.#offered(list))).arrayBuffer());
    saveAsFile(this.#texts.text('imports.template.name'), kind, content);
  }

  protected async discard(view: ImportView): Promise<void> {
    await this.run.discard(view.id);
    this.earlier.reload();
  }

  #offered(list: ChoiceList): string[] {
    return this.#codeLists
      .options(list)
      .filter(({ retired }) => !retired)
      .map(({ label }) => label);
  }

  async #take(file: File): Promise<void> {
    this.run.municipalityId.set(this.place.value());
    await this.run.choose(file);
  }
}
