import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { dayOf, mediatorEndpoints, municipalityEndpoints, type ProjectView } from '@tilts/domain';
import { Card, DataTable, DayPipe, EmptyState, PageFrame, Tag, TextPipe, Texts } from '@tilts/ui';
import { Session } from '../access/session';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';

/** The projects and who works where for them; to be read, changing comes with the coordinator's pages. */
@Component({
  selector: 'app-project-list',
  imports: [Awaiting, Card, DataTable, DayPipe, EmptyState, PageFrame, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './project-list.html',
  styles: `
    .list {
      display: grid;
      gap: 14px;
      grid-template-columns: minmax(0, 1fr);
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 12px;
      justify-content: space-between;
      align-items: start;
    }
    h2 {
      font-size: 1.125rem;
      margin: 0;
    }
    tl-table {
      margin-block-start: 14px;
    }
  `,
})
export class ProjectList {
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #today = dayOf(new Date());
  protected readonly projects = read(mediatorEndpoints.projects, () => ({}));
  // An evaluator sees the projects, not who works in them.
  readonly #assignments = read(mediatorEndpoints.assignments, () =>
    this.#session.may('assignment:read') ? { input: {} } : undefined,
  );
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));

  protected readonly rows = computed(() => {
    const places = new Map((this.#municipalities.value()?.items ?? []).map((place) => [place.id, place.name]));
    return [...(this.projects.value()?.items ?? [])]
      .sort((a, b) => b.startsOn.localeCompare(a.startsOn))
      .map((project) => ({
        project,
        name: this.#texts.language() === 'en' ? project.nameEn : project.name,
        current: this.#isCurrent(project),
        assignments: (this.#assignments.value()?.items ?? [])
          .filter((assignment) => assignment.projectId === project.id)
          .map((assignment) => ({ ...assignment, municipality: places.get(assignment.municipalityId) ?? '' }))
          .sort((a, b) => a.municipality.localeCompare(b.municipality, 'lv')),
      }));
  });

  #isCurrent(project: ProjectView): boolean {
    return project.startsOn <= this.#today && (!project.endsOn || project.endsOn >= this.#today);
  }
}
