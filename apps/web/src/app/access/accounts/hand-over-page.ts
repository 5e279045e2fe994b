import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { accountEndpoints, mediatorEndpoints, type FamilyToHandOver } from '@tilts/domain';
import { Button, EmptyState, PageFrame, TextPipe } from '@tilts/ui';
import { Awaiting } from '../../platform/problem';
import { read } from '../../platform/read';
import { readWhole } from '../../platform/read-pages';
import { HandOverCity } from './hand-over-city';

/** Families that must not be left alone when their mediator leaves, falls ill or has too many: city by city, by code only. */
@Component({
  selector: 'app-hand-over-page',
  imports: [Awaiting, Button, EmptyState, HandOverCity, PageFrame, RouterLink, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <tl-page
      [heading]="'access.handOver.title' | text"
      [lead]="'access.handOver.lead' | text"
      [back]="account.value()?.name ?? ('access.accounts.title' | text)"
      [backLink]="['/accounts', id()]"
    >
      <app-awaiting [of]="families" />
      @if (assignments.problem()) {
        <app-awaiting [of]="assignments" />
      }
      @for (city of cities(); track city.municipalityId) {
        <app-hand-over-city
          [from]="id()"
          [municipality]="city.municipality"
          [families]="city.families"
          [assignments]="assignments.value() ?? []"
          (done)="families.reload()"
        />
      } @empty {
        @if (families.value()) {
          <tl-empty
            icon="check"
            [heading]="'access.handOver.nothing' | text"
            [text]="'access.handOver.nothingText' | text"
          >
            <a tlButton="secondary" [routerLink]="['/accounts', id()]">{{ 'access.handOver.back' | text }}</a>
          </tl-empty>
        }
      }
    </tl-page>
  `,
})
export class HandOverPage {
  readonly id = input.required<string>();
  protected readonly account = read(accountEndpoints.read, () => ({ params: { id: this.id() } }));
  protected readonly families = readWhole(accountEndpoints.families, () => ({ params: { id: this.id() } }));
  protected readonly assignments = readWhole(mediatorEndpoints.assignments, () => ({ input: {} }));
  protected readonly cities = computed(() => byCity(this.families.value() ?? []));
}

export interface CityOfFamilies {
  municipalityId: string;
  municipality: string;
  families: FamilyToHandOver[];
}

export function byCity(families: readonly FamilyToHandOver[]): CityOfFamilies[] {
  const cities = new Map<string, CityOfFamilies>();
  for (const family of families) {
    const { municipalityId, municipality } = family;
    const city = cities.get(municipalityId) ?? { municipalityId, municipality, families: [] };
    city.families.push(family);
    cities.set(municipalityId, city);
  }
  return [...cities.values()]
    .sort((a, b) => a.municipality.localeCompare(b.municipality, 'lv'))
    .map((city) => ({ ...city, families: city.families.sort((a, b) => a.code.localeCompare(b.code)) }));
}
