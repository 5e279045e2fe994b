import { ChangeDetectionStrategy, Component, inject, input, signal } from '@angular/core';
import { Button, Card, Notice, TextPipe, Texts } from '@tilts/ui';
import { problemText } from '../platform/problem';
import type { RescueFile } from './rescue-file';
import { handOut } from './rescue-hand-out';

type Said = Pick<RescueFile, 'name' | 'things' | 'drafts' | 'left'>;

/** The way out when a phone cannot send: all that is unsent on it in one file, which nobody on the way to the office can read. */
@Component({
  selector: 'app-rescue-card',
  imports: [Button, Card, Notice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-card [heading]="'sync.rescue.heading' | text">
      <p>{{ 'sync.rescue.text' | text }}</p>
      <div>
        <button type="button" tlButton="secondary" icon="download" [busy]="making()" (click)="save()">
          {{ 'sync.rescue.save' | text }}
        </button>
      </div>
      @if (made(); as made) {
        <tl-notice tone="ok" [live]="true" [heading]="'sync.rescue.made' | text: { name: made.name }">
          <p>{{ 'sync.rescue.inIt' | text: { things: made.things, drafts: made.drafts } }}</p>
          @if (made.left > 0) {
            <p>{{ 'sync.rescue.left' | text: { count: made.left } }}</p>
          }
          <p>{{ 'sync.rescue.next' | text }}</p>
        </tl-notice>
      }
      @if (problem(); as words) {
        <tl-notice tone="late" [live]="true">{{ words }}</tl-notice>
      }
    </tl-card>
  `,
  styles: `
    :host {
      display: block;
    }
    tl-notice,
    div {
      margin-block-start: 12px;
    }
    tl-notice p + p {
      margin-block-start: 4px;
    }
  `,
})
export class RescueCard {
  readonly account = input.required<string>();
  readonly #texts = inject(Texts);
  protected readonly making = signal(false);
  protected readonly made = signal<Said | null>(null);
  protected readonly problem = signal<string | null>(null);

  protected async save(): Promise<void> {
    this.making.set(true);
    this.made.set(null);
    this.problem.set(null);
    try {
      const { makeRescueFile } = await import('./rescue-file');
      const file = await makeRescueFile(this.account());
      if (!file) this.problem.set(this.#texts.text('sync.rescue.noKey'));
      else if ((await handOut(file)) !== 'notGiven') this.made.set(file);
    } catch (problem) {
      this.problem.set(problemText(this.#texts, problem));
    } finally {
      this.making.set(false);
    }
  }
}
