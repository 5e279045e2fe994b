import { Module } from '@nestjs/common';
import { CodeListsModule } from '../codeLists/code-lists.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { ReportsController } from './reports.controller.js';
import { ReportService } from './report.service.js';

@Module({ imports: [CodeListsModule, DirectoryModule], controllers: [ReportsController], providers: [ReportService] })
export class ReportsModule {}
