import { Controller } from '@nestjs/common';
import {
  codeListEndpoints,
  type CodeRetirement,
  type CodeReturn,
  type CodeRewording,
  type CodeWordingView,
  type EditableCode,
  type EditableList,
  type Page,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { CodeListService } from './code-list.service.js';

@Controller()
export class CodeListsController {
  constructor(private readonly lists: CodeListService) {}

  @Serves(codeListEndpoints.wordings)
  wordings(): Promise<Page<CodeWordingView>> {
    return this.lists.wordings();
  }

  @Serves(codeListEndpoints.editable)
  editable(): Promise<Page<EditableList>> {
    return this.lists.editable();
  }

  @Serves(codeListEndpoints.reword)
  reword({ input }: { input: CodeRewording }): Promise<EditableCode> {
    return this.lists.reword(input);
  }

  @Serves(codeListEndpoints.retire)
  retire({ input }: { input: CodeRetirement }): Promise<EditableCode> {
    return this.lists.retire(input);
  }

  @Serves(codeListEndpoints.bringBack)
  bringBack({ input }: { input: CodeReturn }): Promise<EditableCode> {
    return this.lists.bringBack(input);
  }
}
