import { Controller } from '@nestjs/common';
import {
  directoryEndpoints,
  type ExceptionRemoval,
  type WorkingDayException,
  type WorkingYear,
  type WorkingYearFilter,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { WorkingYearService } from './working-year.service.js';

@Controller()
export class WorkingDaysController {
  constructor(private readonly years: WorkingYearService) {}

  @Serves(directoryEndpoints.workingYear)
  year({ input }: { input: WorkingYearFilter }): Promise<WorkingYear> {
    return this.years.read(input.year);
  }

  @Serves(directoryEndpoints.putException)
  put({ input }: { input: WorkingDayException }): Promise<WorkingYear> {
    return this.years.put(input);
  }

  @Serves(directoryEndpoints.removeException)
  remove({ input }: { input: ExceptionRemoval }): Promise<WorkingYear> {
    return this.years.remove(input.day);
  }
}
