import { Controller } from '@nestjs/common';
import {
  municipalityEndpoints,
  type MunicipalityChange,
  type MunicipalityView,
  type NewMunicipality,
  type Page,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { MunicipalityService } from './municipality.service.js';

@Controller()
export class MunicipalitiesController {
  constructor(private readonly municipalities: MunicipalityService) {}

  @Serves(municipalityEndpoints.list)
  list(): Promise<Page<MunicipalityView>> {
    return this.municipalities.list();
  }

  @Serves(municipalityEndpoints.create)
  create({ input }: { input: NewMunicipality }): Promise<MunicipalityView> {
    return this.municipalities.create(input);
  }

  @Serves(municipalityEndpoints.change)
  change({ input, params }: { input: MunicipalityChange; params: { id: string } }): Promise<MunicipalityView> {
    return this.municipalities.change(params.id, input);
  }
}
