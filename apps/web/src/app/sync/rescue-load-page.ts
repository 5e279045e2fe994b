import { ChangeDetectionStrategy, Component, computed, inject, input, signal } from '@angular/core';
import { accountEndpoints, rescueFileLimit, syncEndpoints, type RescueLoaded } from '@tilts/domain';
import { Button, Card, DayPipe, MomentPipe, Notice, PageFrame, Section, TextPipe, Texts } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, problemText } from '../platform/problem';
import { read } from '../platform/read';

/** Where a coordinator gives in the file that a mediator brought from a phone that cannot send; of what is in it they learn how much. */
@Component({
  selector: 'app-rescue-load-page',
  imports: [Awaiting, Button, Card, DayPipe, MomentPipe, Notice, PageFrame, Section, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './rescue-load-page.html',
})
export class RescueLoadPage {
  readonly id = input.required<string>();
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  protected readonly account = read(accountEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly standing = read(syncEndpoints.rescueStanding, () => ({ params: { id: this.id() } }));
  protected readonly waits = computed(() => {
    const { things = 0, drafts = 0 } = this.standing.value() ?? {};
    return things + drafts > 0;
  });
  protected readonly loading = signal(false);
  protected readonly loaded = signal<RescueLoaded | null>(null);
  protected readonly problem = signal<string | null>(null);

  protected async choose(event: Event): Promise<void> {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    // So that the same file is a change again.
    field.value = '';
    if (file) await this.#load(file);
  }

  async #load(file: File): Promise<void> {
    this.loaded.set(null);
    this.problem.set(null);
    if (file.size > rescueFileLimit) {
      this.problem.set(this.#texts.text('sync.rescueLoad.tooLarge'));
      return;
    }
    this.loading.set(true);
    try {
      const input = { file: await inBase64(file) };
      this.loaded.set(await this.#call(syncEndpoints.loadRescueFile, { params: { id: this.id() }, input }));
      this.standing.reload();
    } catch (problem) {
      this.problem.set(problemText(this.#texts, problem));
    } finally {
      this.loading.set(false);
    }
  }
}

function inBase64(file: File): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    // `data:…;base64,` stands before it.
    reader.onload = () => done(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => failed(reader.error ?? new Error('The file cannot be read'));
    reader.readAsDataURL(file);
  });
}
