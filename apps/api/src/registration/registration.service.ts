import { Injectable } from '@nestjs/common';
import { DomainError, FamilyDetails, type FamilyView, type NewFamily } from '@tilts/domain';
import { ConsentService } from '../consents/consent.service.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { isSameMember, PersonService } from '../persons/person.service.js';
import { sameContent } from '../platform/same-content.js';

/** Opens a family's file: its yes to being recorded, the family and its members are written together or not at all. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly mediators: MediatorService,
    private readonly families: FamilyService,
    private readonly persons: PersonService,
    private readonly consents: ConsentService,
  ) {}

  async register(family: NewFamily): Promise<FamilyView> {
    return createOnce(this.transaction, {
      id: family.id,
      find: () => this.families.find(family.id),
      same: (kept) => this.isSame(kept, family),
      create: () => this.create(family),
    });
  }

  private async create(family: NewFamily): Promise<void> {
    const places = await this.mediators.workPlaces();
    if (!places.some((place) => place.municipalityId === family.municipalityId)) throw new DomainError('NO_ASSIGNMENT');
    const header = await this.families.open(family);
    await this.persons.add(header, family.persons);
    await this.consents.giveAtRegistration(header, family.consent);
  }

  /** Once the family was changed its first words are gone: then the consent and the members who came with it decide. */
  private async isSame(kept: FamilyView, said: NewFamily): Promise<boolean> {
    if (kept.municipalityId !== said.municipalityId || (kept.version === 1 && !sameContent(FamilyDetails, kept, said)))
      return false;
    if (!(await this.consents.wasGiven(kept.id, said.consent))) return false;
    const members = new Map((await this.persons.ofFamily(kept)).map((person) => [person.id, person]));
    return said.persons.every((person) => {
      const member = members.get(person.id);
      return member !== undefined && isSameMember(member, person);
    });
  }
}
