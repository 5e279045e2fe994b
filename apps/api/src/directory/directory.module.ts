import { Module } from '@nestjs/common';
import { DirectoryController } from './directory.controller.js';
import { InstitutionService } from './institution.service.js';
import { WorkingDays } from './working-days.js';

@Module({
  controllers: [DirectoryController],
  providers: [InstitutionService, WorkingDays],
  exports: [InstitutionService, WorkingDays],
})
export class DirectoryModule {}
