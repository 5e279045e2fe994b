import { Injectable } from '@nestjs/common';
import { DomainError, FamilyDetails, sameContent, type FamilyView, type NewFamily } from '@tilts/domain';
import { ConsentService } from '../consents/consent.service.js';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { FamilyService } from '../families/family.service.js';
import { MediatorService } from '../mediators/mediator.service.js';
import { isSameMember, PersonService } from '../persons/person.service.js';

/** Families in one statement: a few hundred rows with their members. */
const AT_ONCE = 50;

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
      create: () => this.registerAll(family.municipalityId, [family]),
    });
  }

  /**
   * Many families at once, in a few statements; none of them exists yet. The caller makes sure that they do not arrive twice.
   * `written` is told how many of them stand in the transaction so far.
   */
  async registerAll(
    municipalityId: string,
    families: readonly NewFamily[],
    written: (families: number) => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    const places = await this.mediators.workPlaces();
    if (!places.some((place) => place.municipalityId === municipalityId)) throw new DomainError('NO_ASSIGNMENT');
    for (let at = 0; at < families.length; at += AT_ONCE) {
      const some = families.slice(at, at + AT_ONCE);
      const opened = await this.families.openAll(municipalityId, some);
      await this.persons.addAll(opened.map(({ said, family }) => ({ family, members: said.persons })));
      await this.consents.giveAtRegistration(opened.map(({ said, family }) => ({ family, consent: said.consent })));
      await written(at + some.length);
    }
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
