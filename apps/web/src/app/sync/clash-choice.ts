import { ChangeDetectionStrategy, Component, computed, inject, input, output, signal } from '@angular/core';
import { Button, CardChoice, TextPipe, Texts } from '@tilts/ui';
import { clashWords, labelOf, type NameOf } from './content-lines';
import type { Unsent } from './phone';

type Kept = 'mine' | 'theirs';

/** Two people changed the same field to different things: both texts whole, field by field, and neither chosen beforehand. */
@Component({
  selector: 'app-clash-choice',
  imports: [Button, CardChoice, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <p>{{ 'sync.clash.why' | text }}</p>
    @for (clash of clashes(); track clash.field) {
      <tl-card-choice
        [label]="clash.label"
        [options]="clash.options"
        [value]="chosen()[clash.field] ?? null"
        (valueChange)="choose(clash.field, $event)"
      />
    }
    @if (asked() && missing() > 0) {
      <p class="missing" role="alert">{{ 'sync.clash.missing' | text: { count: missing() } }}</p>
    }
    <button type="button" tlButton icon="check" [busy]="busy()" (click)="save()">{{ 'sync.clash.save' | text }}</button>
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }
    .missing {
      color: var(--tl-red);
      font-weight: 600;
    }
    button {
      justify-self: start;
    }
    @media (max-width: 599px) {
      button {
        justify-self: stretch;
      }
    }
  `,
})
export class ClashChoice {
  readonly of = input.required<Unsent>();
  readonly nameOf = input.required<NameOf>();
  readonly busy = input(false);
  readonly resolved = output<Record<string, Kept>>();
  readonly #texts = inject(Texts);

  protected readonly chosen = signal<Record<string, Kept>>({});
  protected readonly asked = signal(false);
  protected readonly clashes = computed(() => {
    const { operation, clashes } = this.of();
    const words = (field: string, json: string): string =>
      clashWords(this.#texts, operation, field, json, this.nameOf());
    return clashes.map(({ field, mine, theirs }) => ({
      field,
      label: labelOf(this.#texts, operation, field),
      options: [
        {
          value: 'mine' as const,
          icon: 'edit' as const,
          label: this.#texts.text('sync.clash.mine'),
          detail: words(field, mine),
        },
        {
          value: 'theirs' as const,
          icon: 'family' as const,
          label: this.#texts.text('sync.clash.theirs'),
          detail: words(field, theirs),
        },
      ],
    }));
  });
  protected readonly missing = computed(() => this.clashes().filter(({ field }) => !this.chosen()[field]).length);

  protected choose(field: string, kept: Kept | null | undefined): void {
    if (kept) this.chosen.update((all) => ({ ...all, [field]: kept }));
  }

  protected save(): void {
    this.asked.set(true);
    if (this.missing() === 0) this.resolved.emit(this.chosen());
  }
}
