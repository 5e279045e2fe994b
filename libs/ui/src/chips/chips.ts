import { ChangeDetectionStrategy, Component, Directive, computed, input, signal } from '@angular/core';
import { Control } from '../form/control';
import { GroupFrame } from '../form/field-frame';
import type { Option } from '../form/option';
import { Icon } from '../icon/icon';
import { TextPipe } from '../text/pipes';

export type ChipValue = string | number | boolean;

/** What both kinds of chips share: the first `first` are shown, the rest (but never a chosen one) wait behind „vēl N”. */
@Directive()
abstract class Chips<V extends ChipValue, Chosen> extends Control<Chosen> {
  readonly options = input.required<readonly Option<V>[]>();
  /** How many are shown before „vēl N”; one more that would stand alone there is shown too. */
  readonly first = input(Number.POSITIVE_INFINITY);
  protected readonly all = signal(false);
  readonly #offered = computed(() => this.options().filter((option) => !option.retired || this.isOn(option.value)));
  protected readonly shown = computed(() => {
    const options = this.#offered();
    if (this.all() || options.length <= this.first() + 1) return options;
    return options.filter((option, index) => index < this.first() || this.isOn(option.value));
  });
  protected readonly hidden = computed(() => this.#offered().length - this.shown().length);

  protected abstract readonly kind: 'radio' | 'checkbox';
  protected abstract isOn(value: V): boolean;
}

/** One of a few: `<tl-chip-one [field]="form.field('channel')" [options]="channels()" [label]="…" />`. */
@Component({
  selector: 'tl-chip-one',
  imports: [GroupFrame, Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chips.html',
  styleUrl: './chip.scss',
})
export class ChipOne<V extends ChipValue> extends Chips<V, V> {
  protected override readonly kind = 'radio';

  protected override isOn(value: V): boolean {
    return this.current() === value;
  }

  protected choose(value: V): void {
    this.change(value);
  }
}

/** Any of a few: `<tl-chip-many [field]="form.field('needAreas')" [options]="areas()" [first]="5" [label]="…" />`. */
@Component({
  selector: 'tl-chip-many',
  imports: [GroupFrame, Icon, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './chips.html',
  styleUrl: './chip.scss',
})
export class ChipMany<V extends ChipValue> extends Chips<V, readonly V[]> {
  protected override readonly kind = 'checkbox';

  protected override isOn(value: V): boolean {
    return this.current()?.includes(value) ?? false;
  }

  protected choose(value: V): void {
    const chosen = this.current() ?? [];
    this.change(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  }
}
