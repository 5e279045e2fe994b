import { ChangeDetectionStrategy, Component, computed, input, linkedSignal, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { familyEndpoints, findHouseholds, householdsByContact, personEndpoints } from '@tilts/domain';
import type { TextKey } from '@tilts/i18n';
import { Button, Card, EmptyState, Icon, List, PageFrame, SearchBox, Section, TextPipe } from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { FamilyLine } from './family-line';

const recent = 5;

/** Of which family: the ones seen last as cards, all others by search. */
@Component({
  selector: 'app-family-chooser',
  imports: [
    Awaiting,
    Button,
    Card,
    EmptyState,
    FamilyLine,
    Icon,
    List,
    PageFrame,
    RouterLink,
    SearchBox,
    Section,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './family-chooser.html',
  styles: `
    .row {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 12px;
      color: var(--tl-ink);
    }
    .row tl-icon {
      color: var(--tl-accent);
    }
    .others {
      display: grid;
      gap: 10px;
      justify-items: start;
    }
  `,
})
export class FamilyChooser {
  /** What is begun with the chosen family. */
  readonly to = input('/visits/new');
  readonly heading = input<TextKey>('visits.family.heading');
  protected readonly families = read(familyEndpoints.list, () => ({}));
  protected readonly persons = read(personEndpoints.list, () => ({}));
  protected readonly wanted = signal('');
  readonly #households = computed(() =>
    householdsByContact(this.families.value()?.items ?? [], this.persons.value()?.items ?? []),
  );
  protected readonly none = computed(() => this.families.value()?.items.length === 0);
  protected readonly found = computed(() => findHouseholds(this.#households(), this.wanted()));
  /** Asking for all lasts until something else is looked for. */
  protected readonly all = linkedSignal({ source: this.wanted, computation: () => false });
  protected readonly shown = computed(() =>
    this.all() ? this.found() : this.found().slice(0, this.wanted() ? 20 : recent),
  );
}
