import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import { NoticeFilter, NoticeView } from './notice.js';

export const noticeEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/notices',
    permission: 'notice:own',
    summary: 'My notices, newest first',
    input: NoticeFilter,
    output: pageOf(NoticeView),
  }),
  markRead: endpoint({
    method: 'POST',
    path: '/notices/{id}/read',
    permission: 'notice:own',
    summary: 'I saw this notice',
    output: null,
    queued: true,
  }),
};
