import { Controller } from '@nestjs/common';
import {
  installationEndpoints,
  type ControllerName,
  type FirstCoordinator,
  type FirstCoordinatorView,
  type InstallationView,
  type LinkToken,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { FirstCoordinators } from './first-coordinator.js';
import { InstallationService } from './installation.js';

@Controller()
export class InstallationController {
  constructor(
    private readonly installation: InstallationService,
    private readonly firstCoordinators: FirstCoordinators,
  ) {}

  @Serves(installationEndpoints.firstCoordinator)
  firstCoordinator({ input }: { input: FirstCoordinator }): Promise<void> {
    return this.firstCoordinators.create(input);
  }

  @Serves(installationEndpoints.lookFirstCoordinator)
  lookFirstCoordinator({ input }: { input: LinkToken }): Promise<FirstCoordinatorView> {
    return this.firstCoordinators.look(input.token);
  }

  @Serves(installationEndpoints.read)
  read(): Promise<InstallationView> {
    return this.installation.read();
  }

  @Serves(installationEndpoints.nameController)
  nameController({ input }: { input: ControllerName }): Promise<InstallationView> {
    return this.installation.nameController(input.name);
  }

  @Serves(installationEndpoints.finishSetUp)
  finishSetUp(): Promise<InstallationView> {
    return this.installation.finishSetUp();
  }
}
