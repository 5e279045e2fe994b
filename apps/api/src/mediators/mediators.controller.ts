import { Controller } from '@nestjs/common';
import {
  mediatorEndpoints,
  type AssignmentFilter,
  type AssignmentView,
  type Page,
  type Paging,
  type ProjectView,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { MediatorService } from './mediator.service.js';

@Controller()
export class MediatorsController {
  constructor(private readonly mediators: MediatorService) {}

  @Serves(mediatorEndpoints.projects)
  projects({ input }: { input: Paging }): Promise<Page<ProjectView>> {
    return this.mediators.projects(input);
  }

  @Serves(mediatorEndpoints.assignments)
  assignments({ input }: { input: AssignmentFilter }): Promise<Page<AssignmentView>> {
    return this.mediators.assignments(input);
  }
}
