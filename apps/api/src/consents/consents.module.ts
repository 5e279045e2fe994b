import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { ConsentService } from './consent.service.js';
import { ConsentsController } from './consents.controller.js';

@Module({
  imports: [AccessModule, FamiliesModule, PersonsModule],
  controllers: [ConsentsController],
  providers: [ConsentService],
  exports: [ConsentService],
})
export class ConsentsModule {}
