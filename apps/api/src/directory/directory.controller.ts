import { Controller } from '@nestjs/common';
import { directoryEndpoints, type InstitutionFilter, type InstitutionView, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { InstitutionService } from './institution.service.js';

@Controller()
export class DirectoryController {
  constructor(private readonly institutions: InstitutionService) {}

  @Serves(directoryEndpoints.institutions)
  list({ input }: { input: InstitutionFilter }): Promise<Page<InstitutionView>> {
    return this.institutions.list(input);
  }
}
