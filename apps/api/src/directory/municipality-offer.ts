import { Injectable } from '@nestjs/common';
import {
  DomainError,
  proposedPrefix,
  type MunicipalityView,
  type OfferedMunicipality,
  type Page,
  type TakeOver,
} from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { municipalitySeed, seedMunicipality } from '../municipalities/municipality-seed.js';
import { MunicipalityService } from '../municipalities/municipality.service.js';
import { realDirectory } from './directory-rows.js';
import { Institution, Service } from './institution.entity.js';

/** Municipalities that Tilts brings a list for, so that a coordinator does not type what is known already. */
@Injectable()
export class MunicipalityOffer {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly municipalities: MunicipalityService,
  ) {}

  /** Those that are not here yet. */
  async offered(): Promise<Page<OfferedMunicipality>> {
    const { items: known } = await this.municipalities.list();
    const missing = municipalitySeed.filter(({ key }) => !known.some((one) => one.key === key));
    return { items: missing.map(({ key, name }) => ({ key, name, institutions: institutionsOf(key) })), next: null };
  }

  /** The municipality with its offices and what they do; their addresses and phones are typed by whoever knows them. */
  async takeOver({ key }: TakeOver): Promise<MunicipalityView> {
    const seed = municipalitySeed.find((one) => one.key === key);
    const known = await this.municipalities.known();
    if (!seed || known.some((one) => one.key === key)) throw new DomainError('NOT_FOUND');
    const { municipality, periods } = seedMunicipality(seed);
    // Somebody may have typed „Jelgavas novads” with this prefix.
    const taken = known.map((one) => one.familyPrefix);
    const familyPrefix = taken.includes(seed.familyPrefix) ? proposedPrefix(seed.name, taken) : seed.familyPrefix;
    await this.municipalities.insert({ ...municipality, familyPrefix, periods });
    const { institutions, services } = realDirectory(key);
    await this.transaction.manager.insert(Institution, institutions);
    await this.transaction.manager.insert(Service, services);
    return this.municipalities.read(municipality.id);
  }
}

function institutionsOf(key: string): OfferedMunicipality['institutions'] {
  const { institutions, services } = realDirectory(key);
  return institutions.map(({ id, kind, name }) => ({
    kind,
    name,
    services: services.filter((service) => service.institutionId === id).length,
  }));
}
