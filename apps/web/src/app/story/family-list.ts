import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { familyEndpoints, findHouseholds, householdOf, personEndpoints, type FamilyStatus } from '@tilts/domain';
import {
  Between,
  Boards,
  Button,
  Card,
  DayPipe,
  EmptyState,
  List,
  PageFrame,
  SearchBox,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { WhereMark } from '../platform/where-mark';

/** My families, the one seen last on top; searched by code or name without asking the server again. */
@Component({
  selector: 'app-family-list',
  imports: [
    Awaiting,
    Between,
    Boards,
    Button,
    Card,
    DayPipe,
    EmptyState,
    List,
    PageFrame,
    RouterLink,
    SearchBox,
    Tag,
    TextPipe,
    WhereMark,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './family-list.html',
  styles: `
    .names {
      margin-block-start: 2px;
    }
    .below,
    .at-phone {
      justify-self: start;
    }
    /* A list is brought at a desk; on a phone the families come first. */
    @media (max-width: 599px) {
      .at-desk {
        display: none;
      }
    }
    @media (min-width: 600px) {
      .at-phone {
        display: none;
      }
    }
  `,
})
export class FamilyList {
  readonly #texts = inject(Texts);
  protected readonly families = read(familyEndpoints.list, () => ({}));
  readonly #persons = read(personEndpoints.list, () => ({ input: {} }));
  protected readonly wanted = signal('');
  protected readonly board = signal<FamilyStatus>('active');

  readonly #all = computed(() => {
    const persons = this.#persons.value()?.items ?? [];
    return [...(this.families.value()?.items ?? [])]
      .sort(
        (a, b) =>
          (b.lastContactOn ?? b.openedOn).localeCompare(a.lastContactOn ?? a.openedOn) || b.code.localeCompare(a.code),
      )
      .map((family) => ({ family, members: householdOf(family.id, persons) }));
  });
  protected readonly boards = computed(() =>
    (['active', 'paused', 'closed'] as const).map((value) => ({
      value,
      label: this.#texts.text(`story.list.${value}`),
      count: this.#all().filter((row) => row.family.status === value).length,
    })),
  );
  /** A search looks through every board: whoever searches by name does not know the state. */
  protected readonly shown = computed(() =>
    this.wanted().trim()
      ? findHouseholds(this.#all(), this.wanted())
      : this.#all().filter((row) => row.family.status === this.board()),
  );

  protected names(members: readonly { firstName: string }[]): string {
    const first = members.slice(0, 3).map((member) => member.firstName);
    return members.length > 3
      ? this.#texts.text('story.list.andMore', { names: first.join(', '), count: members.length - 3 })
      : first.join(', ');
  }
}
