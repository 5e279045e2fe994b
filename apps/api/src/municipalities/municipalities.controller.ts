import { Controller } from '@nestjs/common';
import { municipalityEndpoints, type MunicipalityView, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { MunicipalityService } from './municipality.service.js';

@Controller()
export class MunicipalitiesController {
  constructor(private readonly municipalities: MunicipalityService) {}

  @Serves(municipalityEndpoints.list)
  list(): Promise<Page<MunicipalityView>> {
    return this.municipalities.list();
  }
}
