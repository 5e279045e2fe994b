import { Controller } from '@nestjs/common';
import { registrationEndpoints, type FamilyView, type NewFamily } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { RegistrationService } from './registration.service.js';

@Controller()
export class RegistrationController {
  constructor(private readonly registration: RegistrationService) {}

  @Serves(registrationEndpoints.register)
  register({ input }: { input: NewFamily }): Promise<FamilyView> {
    return this.registration.register(input);
  }
}
