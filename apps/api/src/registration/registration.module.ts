import { Module } from '@nestjs/common';
import { ConsentsModule } from '../consents/consents.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { MediatorsModule } from '../mediators/mediators.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationService } from './registration.service.js';

@Module({
  imports: [MediatorsModule, FamiliesModule, PersonsModule, ConsentsModule],
  controllers: [RegistrationController],
  providers: [RegistrationService],
  exports: [RegistrationService],
})
export class RegistrationModule {}
