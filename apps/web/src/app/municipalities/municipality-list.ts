import { ChangeDetectionStrategy, Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import {
  dayOf,
  directoryEndpoints,
  municipalityEndpoints,
  periodOn,
  type MunicipalityView,
  type OfferedMunicipality,
} from '@tilts/domain';
import { Between, Button, Card, EmptyState, Icon, List, Notice, PageFrame, Section, TextPipe, Texts } from '@tilts/ui';
import { CALL } from '../platform/call';
import { Awaiting, ProblemNotice } from '../platform/problem';
import { read } from '../platform/read';

/** The municipalities that work with Tilts, and those whose lists of institutions can be taken over. */
@Component({
  selector: 'app-municipality-list',
  imports: [
    Awaiting,
    Between,
    Button,
    Card,
    EmptyState,
    Icon,
    List,
    Notice,
    PageFrame,
    ProblemNotice,
    RouterLink,
    Section,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './municipality-list.html',
  styles: `
    .name {
      font-size: 1.0625rem;
    }
    .place {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      align-items: center;
      gap: 12px;
    }
    tl-icon {
      color: var(--tl-muted);
    }
    summary {
      display: inline-flex;
      align-items: center;
      min-block-size: 44px;
      color: var(--tl-accent);
      font-weight: 550;
      cursor: pointer;
    }
    details ul {
      margin: 0;
      padding-inline-start: 20px;
    }
    @media (min-width: 900px) {
      .grid {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        align-items: start;
      }
    }
  `,
})
export class MunicipalityList {
  readonly #call = inject(CALL);
  readonly #texts = inject(Texts);
  readonly #today = dayOf(new Date());
  protected readonly municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly offered = read(directoryEndpoints.offered, () => ({}));
  protected readonly rows = computed(() =>
    [...(this.municipalities.value()?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'lv')),
  );
  protected readonly taking = signal<string | null>(null);
  protected readonly takeProblem = signal<unknown>(null);
  /** The one that was just taken over: its institutions have no phones yet. */
  protected readonly taken = signal<MunicipalityView | null>(null);

  protected codes(place: MunicipalityView): string {
    const atvk = periodOn(place.periods, this.#today)?.atvk ?? '';
    return this.#texts.text('municipalities.list.codes', { prefix: place.familyPrefix, atvk });
  }

  protected async takeOver(one: OfferedMunicipality): Promise<void> {
    if (this.taking()) return;
    this.taking.set(one.key);
    this.takeProblem.set(null);
    this.taken.set(null);
    try {
      this.taken.set(await this.#call(directoryEndpoints.takeOver, { input: { key: one.key } }));
      this.municipalities.reload();
      this.offered.reload();
    } catch (problem) {
      this.takeProblem.set(problem);
    } finally {
      this.taking.set(null);
    }
  }
}
