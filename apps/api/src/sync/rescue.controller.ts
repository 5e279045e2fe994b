import { Controller } from '@nestjs/common';
import { syncEndpoints } from '@tilts/domain';
import type { RescuedPart, RescueKey, RescueLoaded, RescueStanding, RescueTaken, RescueUpload } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { RescueFiles } from './rescue-files.js';
import { RescuedWorks } from './rescued-works.js';

@Controller()
export class RescueController {
  constructor(
    private readonly files: RescueFiles,
    private readonly works: RescuedWorks,
  ) {}

  @Serves(syncEndpoints.rescueKey)
  key(): Promise<RescueKey> {
    return this.works.key();
  }

  @Serves(syncEndpoints.rescued)
  rescued(): Promise<RescuedPart> {
    return this.works.read();
  }

  @Serves(syncEndpoints.rescuedTaken)
  taken({ input }: { input: RescueTaken }): Promise<void> {
    return this.works.taken(input);
  }

  @Serves(syncEndpoints.loadRescueFile)
  load({ params, input }: { params: { id: string }; input: RescueUpload }): Promise<RescueLoaded> {
    return this.files.load(params.id, input);
  }

  @Serves(syncEndpoints.rescueStanding)
  standing({ params }: { params: { id: string } }): Promise<RescueStanding> {
    return this.files.standing(params.id);
  }
}
