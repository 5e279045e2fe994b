import { Module } from '@nestjs/common';
import { CodeListService } from './code-list.service.js';
import { CodeListsController } from './code-lists.controller.js';

@Module({ controllers: [CodeListsController], providers: [CodeListService], exports: [CodeListService] })
export class CodeListsModule {}
