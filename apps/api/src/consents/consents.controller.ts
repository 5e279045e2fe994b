import { Controller } from '@nestjs/common';
import { consentEndpoints, type ConsentFilter, type ConsentView, type NewConsent, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { ConsentService } from './consent.service.js';

@Controller()
export class ConsentsController {
  constructor(private readonly consents: ConsentService) {}

  @Serves(consentEndpoints.list)
  list({ input }: { input: ConsentFilter }): Promise<Page<ConsentView>> {
    return this.consents.list(input.familyId);
  }

  @Serves(consentEndpoints.create)
  create({ input }: { input: NewConsent }): Promise<ConsentView> {
    return this.consents.create(input);
  }
}
