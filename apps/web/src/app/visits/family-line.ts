import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { TextPipe, Texts } from '@tilts/ui';
import type { FamilyHousehold } from '@tilts/domain';

/** A family in two lines: its code, then two first names, how many more, and when it was seen last. */
@Component({
  selector: 'app-family-line',
  imports: [TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <b class="tl-code">{{ household().family.code }}</b>
    <span class="tl-muted tl-small">{{ second() }}</span>
    @if (household().family.status === 'paused') {
      <span class="tl-muted tl-small">{{ 'families.status.paused' | text }}</span>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 2px;
      min-inline-size: 0;
    }
  `,
})
export class FamilyLine {
  readonly household = input.required<FamilyHousehold>();
  readonly #texts = inject(Texts);

  protected readonly second = computed(() => {
    const { family, members } = this.household();
    const names = members.slice(0, 2).map((person) => person.firstName);
    const seen = family.lastContactOn
      ? this.#texts.ago(family.lastContactOn)
      : this.#texts.text('visits.family.neverSeen');
    return names.length > 0
      ? `${this.#texts.text('visits.family.members', { names: names.join(', '), more: members.length - names.length })} · ${seen}`
      : seen;
  });
}
