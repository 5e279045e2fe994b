import { Controller } from '@nestjs/common';
import { outcomeEndpoints, type NewOutcome, type OutcomeFilter, type OutcomeView, type Page } from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { OutcomeService } from './outcome.service.js';

@Controller()
export class OutcomesController {
  constructor(private readonly outcomes: OutcomeService) {}

  @Serves(outcomeEndpoints.list)
  list({ input }: { input: OutcomeFilter }): Promise<Page<OutcomeView>> {
    return this.outcomes.list(input);
  }

  @Serves(outcomeEndpoints.create)
  create({ input }: { input: NewOutcome }): Promise<OutcomeView> {
    return this.outcomes.create(input);
  }
}
