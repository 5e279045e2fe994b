import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { ReportsController } from './reports.controller.js';
import { ReportService } from './report.service.js';

@Module({ imports: [DirectoryModule], controllers: [ReportsController], providers: [ReportService] })
export class ReportsModule {}
