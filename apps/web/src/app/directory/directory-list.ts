import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import {
  directoryEndpoints,
  foldLatvian,
  municipalityEndpoints,
  needAreas,
  type InstitutionView,
  type NeedArea,
} from '@tilts/domain';
import {
  Card,
  DayPipe,
  Definitions,
  EmptyState,
  Icon,
  List,
  PageFrame,
  PhonePipe,
  SearchBox,
  SelectField,
  Tag,
  TextPipe,
  Texts,
} from '@tilts/ui';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';

/** Who can help, with what, when and with which papers. */
@Component({
  selector: 'app-directory-list',
  imports: [
    Awaiting,
    Card,
    DayPipe,
    Definitions,
    EmptyState,
    Icon,
    List,
    PageFrame,
    PhonePipe,
    SearchBox,
    SelectField,
    Tag,
    TextPipe,
  ],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './directory-list.html',
  styleUrl: './directory-list.scss',
})
export class DirectoryList {
  readonly municipality = input<string>();
  readonly need = input<string>();
  readonly search = input<string>();

  readonly #router = inject(Router);
  readonly #texts = inject(Texts);
  protected readonly institutions = read(directoryEndpoints.institutions, () => ({ input: {} }));
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));
  protected readonly places = computed(() =>
    (this.#municipalities.value()?.items ?? []).map((place) => ({ value: place.id, label: place.name })),
  );
  protected readonly needs = computed(() => needAreas.values.map((value) => ({ value, label: this.needName(value) })));

  protected readonly shown = computed(() => {
    const wanted = foldLatvian(this.search() ?? '');
    return (this.institutions.value()?.items ?? []).filter(
      (one) =>
        (!this.municipality() || one.municipalityId === null || one.municipalityId === this.municipality()) &&
        (!this.need() || one.services.some((service) => service.needAreas.includes(this.need() as NeedArea))) &&
        (!wanted ||
          foldLatvian(`${one.name} ${one.services.map((service) => service.name).join(' ')}`).includes(wanted)),
    );
  });

  protected needName(need: NeedArea): string {
    return this.#texts.text(`directory.needArea.${need}`);
  }

  protected where(institution: InstitutionView): string {
    const place =
      this.places().find((one) => one.value === institution.municipalityId)?.label ??
      this.#texts.text('directory.page.wholeCountry');
    return `${this.#texts.text(`directory.kind.${institution.kind}`)} · ${place}`;
  }

  /** Filters live in the address. */
  protected filter(part: 'municipality' | 'need' | 'search', value: string | null | undefined): void {
    void this.#router.navigate([], {
      queryParams: { [part]: value || null },
      queryParamsHandling: 'merge',
      replaceUrl: true,
    });
  }
}
