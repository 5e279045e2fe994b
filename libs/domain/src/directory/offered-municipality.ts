import { Choice, Count, Parts, Text } from '../fields/fields.js';
import { institutionKinds } from './institution.js';

/** An institution that comes with an offered municipality. */
export class OfferedInstitution {
  @Choice(institutionKinds)
  kind: string;

  @Text({ max: 200 })
  name: string;

  /** How many services it brings. */
  @Count()
  services: number;
}

/** A municipality that Tilts knows and that is not here yet: taken over with its institutions, whose contacts are then to be filled in. */
export class OfferedMunicipality {
  @Text({ max: 40 })
  key: string;

  @Text({ max: 120 })
  name: string;

  @Parts(() => OfferedInstitution)
  institutions: OfferedInstitution[];
}

export class TakeOver {
  @Text({ max: 40 })
  key: string;
}
