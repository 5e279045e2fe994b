import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { MailQueue } from './mail-queue.js';
import { Mailer } from './mailer.js';
import { NoticeService } from './notice.service.js';
import { NoticesController } from './notices.controller.js';

@Module({
  imports: [AccessModule],
  controllers: [NoticesController],
  providers: [NoticeService, MailQueue, Mailer],
  exports: [NoticeService],
})
export class NoticesModule {}
