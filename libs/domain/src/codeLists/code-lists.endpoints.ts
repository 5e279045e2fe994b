import { endpoint } from '../endpoint/endpoint.js';
import { pageOf } from '../endpoint/page.js';
import {
  CodeRetirement,
  CodeReturn,
  CodeRewording,
  CodeWordingView,
  EditableCode,
  EditableList,
} from './code-wording.js';

export const codeListEndpoints = {
  wordings: endpoint({
    method: 'GET',
    path: '/code-lists',
    permission: 'codeList:read',
    summary: 'Codes that are called otherwise here, or retired; all others are as Tilts says them',
    output: pageOf(CodeWordingView),
  }),
  editable: endpoint({
    method: 'GET',
    path: '/code-lists/editable',
    permission: 'codeList:manage',
    summary: 'Every list whose words may be changed, whole',
    output: pageOf(EditableList),
  }),
  reword: endpoint({
    method: 'POST',
    path: '/code-lists/wordings',
    permission: 'codeList:manage',
    summary: 'Call a code otherwise',
    input: CodeRewording,
    output: EditableCode,
    status: 200,
  }),
  retire: endpoint({
    method: 'POST',
    path: '/code-lists/retirements',
    permission: 'codeList:manage',
    summary: 'Leave a code out of the forms from a day on',
    input: CodeRetirement,
    output: EditableCode,
    status: 200,
  }),
  bringBack: endpoint({
    method: 'POST',
    path: '/code-lists/returns',
    permission: 'codeList:manage',
    summary: 'Offer a retired code again',
    input: CodeReturn,
    output: EditableCode,
    status: 200,
  }),
};
