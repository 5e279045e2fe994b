import { Module } from '@nestjs/common';
import { FamiliesController } from './families.controller.js';
import { FamilyService } from './family.service.js';

@Module({ controllers: [FamiliesController], providers: [FamilyService], exports: [FamilyService] })
export class FamiliesModule {}
