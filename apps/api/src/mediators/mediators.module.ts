import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { AssignmentService } from './assignment.service.js';
import { MediatorService } from './mediator.service.js';
import { MediatorsController } from './mediators.controller.js';
import { ProjectService } from './project.service.js';

@Module({
  imports: [AccessModule],
  controllers: [MediatorsController],
  providers: [MediatorService, ProjectService, AssignmentService],
  exports: [MediatorService],
})
export class MediatorsModule {}
