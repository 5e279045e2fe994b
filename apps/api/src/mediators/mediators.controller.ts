import { Controller } from '@nestjs/common';
import {
  mediatorEndpoints,
  type AssignmentChange,
  type AssignmentChanged,
  type AssignmentFilter,
  type AssignmentView,
  type NewAssignment,
  type NewProject,
  type Page,
  type Paging,
  type ProjectChange,
  type ProjectView,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { AssignmentService } from './assignment.service.js';
import { MediatorService } from './mediator.service.js';
import { ProjectService } from './project.service.js';

interface Named {
  params: { id: string };
}

@Controller()
export class MediatorsController {
  constructor(
    private readonly mediators: MediatorService,
    private readonly kept: ProjectService,
    private readonly work: AssignmentService,
  ) {}

  @Serves(mediatorEndpoints.projects)
  projects({ input }: { input: Paging }): Promise<Page<ProjectView>> {
    return this.mediators.projects(input);
  }

  @Serves(mediatorEndpoints.createProject)
  createProject({ input }: { input: NewProject }): Promise<ProjectView> {
    return this.kept.create(input);
  }

  @Serves(mediatorEndpoints.changeProject)
  changeProject({ input, params }: Named & { input: ProjectChange }): Promise<ProjectView> {
    return this.kept.change(params.id, input);
  }

  @Serves(mediatorEndpoints.removeProject)
  removeProject({ params }: Named): Promise<void> {
    return this.kept.remove(params.id);
  }

  @Serves(mediatorEndpoints.assignments)
  assignments({ input }: { input: AssignmentFilter }): Promise<Page<AssignmentView>> {
    return this.mediators.assignments(input);
  }

  @Serves(mediatorEndpoints.assign)
  assign({ input }: { input: NewAssignment }): Promise<AssignmentView> {
    return this.work.assign(input);
  }

  @Serves(mediatorEndpoints.changeAssignment)
  changeAssignment({ input, params }: Named & { input: AssignmentChange }): Promise<AssignmentChanged> {
    return this.work.change(params.id, input);
  }

  @Serves(mediatorEndpoints.removeAssignment)
  removeAssignment({ params }: Named): Promise<void> {
    return this.work.remove(params.id);
  }
}
