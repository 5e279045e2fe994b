import { Controller } from '@nestjs/common';
import { noticeEndpoints, type NoticeFilter, type NoticeView, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { NoticeService } from './notice.service.js';

@Controller()
export class NoticesController {
  constructor(private readonly notices: NoticeService) {}

  @Serves(noticeEndpoints.list)
  list({ input }: { input: NoticeFilter }): Promise<Page<NoticeView>> {
    return this.notices.list(input);
  }

  @Serves(noticeEndpoints.markRead)
  markRead({ params }: { params: { id: string } }): Promise<void> {
    return this.notices.markRead(params.id);
  }
}
