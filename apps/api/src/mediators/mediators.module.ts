import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { MediatorService } from './mediator.service.js';
import { MediatorsController } from './mediators.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [MediatorsController],
  providers: [MediatorService],
  exports: [MediatorService],
})
export class MediatorsModule {}
