import { Controller } from '@nestjs/common';
import {
  importEndpoints,
  type CommitImport,
  type ImportCheck,
  type ImportPart,
  type ImportView,
  type NewImport,
  type Page,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { ImportService } from './import.service.js';

interface Of {
  params: { id: string };
}

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportService) {}

  @Serves(importEndpoints.list)
  list(): Promise<Page<ImportView>> {
    return this.imports.list();
  }

  @Serves(importEndpoints.begin)
  begin({ input }: { input: NewImport }): Promise<ImportView> {
    return this.imports.begin(input);
  }

  @Serves(importEndpoints.read)
  read({ params }: Of): Promise<ImportView> {
    return this.imports.read(params.id);
  }

  @Serves(importEndpoints.addPart)
  addPart({ input, params }: Of & { input: ImportPart }): Promise<ImportView> {
    return this.imports.addPart(params.id, input);
  }

  @Serves(importEndpoints.check)
  check({ params }: Of): Promise<ImportCheck> {
    return this.imports.check(params.id);
  }

  @Serves(importEndpoints.commit)
  commit({ input, params }: Of & { input: CommitImport }): Promise<ImportView> {
    return this.imports.commit(params.id, input);
  }

  @Serves(importEndpoints.undo)
  undo({ params }: Of): Promise<ImportView> {
    return this.imports.undo(params.id);
  }

  @Serves(importEndpoints.discard)
  discard({ params }: Of): Promise<void> {
    return this.imports.discard(params.id);
  }
}
