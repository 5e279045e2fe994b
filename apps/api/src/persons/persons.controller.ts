import { Controller } from '@nestjs/common';
import {
  personEndpoints,
  type NewPerson,
  type Page,
  type PersonChange,
  type PersonFilter,
  type PersonView,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { PersonService } from './person.service.js';

interface Of {
  params: { id: string };
}

@Controller()
export class PersonsController {
  constructor(private readonly persons: PersonService) {}

  @Serves(personEndpoints.list)
  list({ input }: { input: PersonFilter }): Promise<Page<PersonView>> {
    return this.persons.list(input);
  }

  @Serves(personEndpoints.create)
  create({ input }: { input: NewPerson }): Promise<PersonView> {
    return this.persons.create(input);
  }

  @Serves(personEndpoints.read)
  read({ params }: Of): Promise<PersonView> {
    return this.persons.read(params.id);
  }

  @Serves(personEndpoints.change)
  change({ input, params }: Of & { input: PersonChange }): Promise<PersonView> {
    return this.persons.change(params.id, input);
  }
}
