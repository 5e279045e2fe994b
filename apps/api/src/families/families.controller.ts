import { Controller } from '@nestjs/common';
import { familyEndpoints, type FamilyChange, type FamilyView, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { FamilyService } from './family.service.js';

interface Of {
  params: { id: string };
}

@Controller()
export class FamiliesController {
  constructor(private readonly families: FamilyService) {}

  @Serves(familyEndpoints.list)
  list(): Promise<Page<FamilyView>> {
    return this.families.list();
  }

  @Serves(familyEndpoints.read)
  read({ params }: Of): Promise<FamilyView> {
    return this.families.read(params.id);
  }

  @Serves(familyEndpoints.change)
  change({ input, params }: Of & { input: FamilyChange }): Promise<FamilyView> {
    return this.families.change(params.id, input);
  }
}
