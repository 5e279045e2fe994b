import { Module } from '@nestjs/common';
import { FamiliesModule } from '../families/families.module.js';
import { MediatorsModule } from '../mediators/mediators.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { RegistrationModule } from '../registration/registration.module.js';
import { ImportList } from './import-list.js';
import { ImportSweep } from './import-sweep.js';
import { ImportService } from './import.service.js';
import { ImportsController } from './imports.controller.js';

@Module({
  imports: [MediatorsModule, FamiliesModule, PersonsModule, RegistrationModule],
  controllers: [ImportsController],
  providers: [ImportService, ImportList, ImportSweep],
})
export class ImportsModule {}
