import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { dayOf, mediatorEndpoints, municipalityEndpoints } from '@tilts/domain';
import { Button, Card, DayPipe, EmptyState, Icon, PageFrame, Tag, TextPipe, Texts } from '@tilts/ui';
import { Session } from '../access/session';
import { Awaiting } from '../platform/problem';
import { read } from '../platform/read';
import { readWhole } from '../platform/read-pages';
import { AssignmentTable } from './assignment-table';
import { periodState } from './period';

/** The projects and who works where for them; the coordinator also changes them here. */
@Component({
  selector: 'app-project-list',
  imports: [AssignmentTable, Awaiting, Button, Card, DayPipe, EmptyState, Icon, PageFrame, RouterLink, Tag, TextPipe],
  changeDetection: ChangeDetectionStrategy.OnPush,
  templateUrl: './project-list.html',
  styleUrl: './project-list.scss',
})
export class ProjectList {
  readonly #texts = inject(Texts);
  readonly #session = inject(Session);
  readonly #today = dayOf(new Date());
  protected readonly mayManage = computed(() => this.#session.may('project:manage'));
  protected readonly projects = readWhole(mediatorEndpoints.projects, () => ({}));
  // An evaluator sees the projects, not who works in them.
  protected readonly seesPeople = computed(() => this.#session.may('assignment:read'));
  protected readonly assignments = readWhole(mediatorEndpoints.assignments, () =>
    this.seesPeople() ? { input: {} } : undefined,
  );
  readonly #municipalities = read(municipalityEndpoints.list, () => ({}));

  protected readonly rows = computed(() => {
    const places = new Map((this.#municipalities.value()?.items ?? []).map((place) => [place.id, place.name]));
    return [...(this.projects.value() ?? [])]
      .sort((a, b) => b.startsOn.localeCompare(a.startsOn))
      .map((project) => {
        const assignments = (this.assignments.value() ?? [])
          .filter((assignment) => assignment.projectId === project.id)
          .map((assignment) => ({ ...assignment, municipality: places.get(assignment.municipalityId) ?? '' }))
          .sort((a, b) => a.municipality.localeCompare(b.municipality, 'lv'));
        const isOver = (one: (typeof assignments)[number]): boolean => periodState(one, this.#today) === 'ended';
        return {
          project,
          name: this.#texts.language() === 'en' ? project.nameEn : project.name,
          state: periodState(project, this.#today),
          now: assignments.filter((one) => !isOver(one)),
          over: assignments.filter(isOver),
        };
      });
  });
}
