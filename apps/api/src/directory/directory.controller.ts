import { Controller } from '@nestjs/common';
import {
  directoryEndpoints,
  type InstitutionChange,
  type InstitutionFilter,
  type InstitutionRecord,
  type InstitutionSeen,
  type InstitutionView,
  type MunicipalityView,
  type NewInstitution,
  type NewService,
  type OfferedMunicipality,
  type Page,
  type RegisterFilter,
  type ServiceChange,
  type TakeOver,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { InstitutionRegister } from './institution-register.js';
import { InstitutionService } from './institution.service.js';
import { MunicipalityOffer } from './municipality-offer.js';

interface Named {
  params: { id: string };
}

@Controller()
export class DirectoryController {
  constructor(
    private readonly institutions: InstitutionService,
    private readonly kept: InstitutionRegister,
    private readonly offer: MunicipalityOffer,
  ) {}

  @Serves(directoryEndpoints.institutions)
  list({ input }: { input: InstitutionFilter }): Promise<Page<InstitutionView>> {
    return this.institutions.list(input);
  }

  @Serves(directoryEndpoints.register)
  register({ input }: { input: RegisterFilter }): Promise<Page<InstitutionRecord>> {
    return this.institutions.register(input);
  }

  @Serves(directoryEndpoints.institution)
  institution({ params }: Named): Promise<InstitutionRecord> {
    return this.institutions.read(params.id);
  }

  @Serves(directoryEndpoints.create)
  create({ input }: { input: NewInstitution }): Promise<InstitutionRecord> {
    return this.kept.create(input);
  }

  @Serves(directoryEndpoints.change)
  change({ input, params }: Named & { input: InstitutionChange }): Promise<InstitutionRecord> {
    return this.kept.change(params.id, input);
  }

  @Serves(directoryEndpoints.confirm)
  confirm({ input, params }: Named & { input: InstitutionSeen }): Promise<InstitutionRecord> {
    return this.kept.confirm(params.id, input);
  }

  @Serves(directoryEndpoints.close)
  close({ input, params }: Named & { input: InstitutionSeen }): Promise<InstitutionRecord> {
    return this.kept.close(params.id, input);
  }

  @Serves(directoryEndpoints.reopen)
  reopen({ input, params }: Named & { input: InstitutionSeen }): Promise<InstitutionRecord> {
    return this.kept.reopen(params.id, input);
  }

  @Serves(directoryEndpoints.remove)
  remove({ params }: Named): Promise<void> {
    return this.kept.remove(params.id);
  }

  @Serves(directoryEndpoints.addService)
  addService({ input }: { input: NewService }): Promise<InstitutionRecord> {
    return this.kept.addService(input);
  }

  @Serves(directoryEndpoints.changeService)
  changeService({ input, params }: Named & { input: ServiceChange }): Promise<InstitutionRecord> {
    return this.kept.changeService(params.id, input);
  }

  @Serves(directoryEndpoints.removeService)
  removeService({ params }: Named): Promise<void> {
    return this.kept.removeService(params.id);
  }

  @Serves(directoryEndpoints.offered)
  offered(): Promise<Page<OfferedMunicipality>> {
    return this.offer.offered();
  }

  @Serves(directoryEndpoints.takeOver)
  takeOver({ input }: { input: TakeOver }): Promise<MunicipalityView> {
    return this.offer.takeOver(input);
  }
}
