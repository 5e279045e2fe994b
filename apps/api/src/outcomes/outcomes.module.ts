import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { MediatorsModule } from '../mediators/mediators.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { OutcomeService } from './outcome.service.js';
import { OutcomesController } from './outcomes.controller.js';

@Module({
  imports: [AccessModule, MediatorsModule, FamiliesModule, PersonsModule],
  controllers: [OutcomesController],
  providers: [OutcomeService],
  exports: [OutcomeService],
})
export class OutcomesModule {}
