import { Injectable } from '@nestjs/common';
import { dayOf, type Day } from '@tilts/domain';

/** The only place where Tilts asks what time it is. Tests give another one. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Today in Europe/Riga. */
  today(): Day {
    return dayOf(this.now());
  }
}
