import { Module } from '@nestjs/common';
import { MunicipalitiesModule } from '../municipalities/municipalities.module.js';
import { DirectoryController } from './directory.controller.js';
import { InstitutionRegister } from './institution-register.js';
import { InstitutionService } from './institution.service.js';
import { MunicipalityOffer } from './municipality-offer.js';
import { WorkingDaysController } from './working-days.controller.js';
import { WorkingDays } from './working-days.js';
import { WorkingYearService } from './working-year.service.js';

@Module({
  imports: [MunicipalitiesModule],
  controllers: [DirectoryController, WorkingDaysController],
  providers: [InstitutionService, InstitutionRegister, MunicipalityOffer, WorkingDays, WorkingYearService],
  exports: [InstitutionService, WorkingDays],
})
export class DirectoryModule {}
