import { Module } from '@nestjs/common';
import { MunicipalitiesController } from './municipalities.controller.js';
import { MunicipalityService } from './municipality.service.js';

@Module({ controllers: [MunicipalitiesController], providers: [MunicipalityService], exports: [MunicipalityService] })
export class MunicipalitiesModule {}
