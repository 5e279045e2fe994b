import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { MediatorsModule } from '../mediators/mediators.module.js';
import { OutcomesModule } from '../outcomes/outcomes.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { DraftService } from './draft.service.js';
import { UnrecordedHelpService } from './unrecorded-help.service.js';
import { VisitReader } from './visit-reader.js';
import { VisitService } from './visit.service.js';
import { VisitsController } from './visits.controller.js';

@Module({
  imports: [AccessModule, MediatorsModule, FamiliesModule, PersonsModule, OutcomesModule],
  controllers: [VisitsController],
  providers: [VisitReader, VisitService, DraftService, UnrecordedHelpService],
  exports: [VisitReader],
})
export class VisitsModule {}
