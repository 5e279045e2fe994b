import { Injectable } from '@nestjs/common';
import {
  DomainError,
  NewInstitution,
  NewService,
  sameContent,
  type InstitutionChange,
  type InstitutionDetails,
  type InstitutionRecord,
  type InstitutionSeen,
  type ServiceChange,
  type ServiceDetails,
} from '@tilts/domain';
import { createOnce } from '../database/create-once.js';
import { RequestTransaction } from '../database/request-transaction.js';
import { unlessInUse } from '../database/still-in-use.js';
import { Institution, Service } from './institution.entity.js';
import { InstitutionService } from './institution.service.js';

/** How a coordinator keeps the directory: who can be asked, what they do, and whether it was confirmed. Nothing that a referral names is deleted. */
@Injectable()
export class InstitutionRegister {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly institutions: InstitutionService,
  ) {}

  async create(institution: NewInstitution): Promise<InstitutionRecord> {
    const { id, kind, municipalityId = null } = institution;
    return createOnce(this.transaction, {
      id,
      find: () => this.institutions.find(id),
      same: (kept) => sameContent(NewInstitution, kept, institution),
      create: async () => {
        if (municipalityId) await this.requireMunicipality(municipalityId);
        const details = detailsOf(institution);
        const row = { id, municipalityId, kind, ...details, confirmedOn: null, closedOn: null, version: 1 };
        await this.transaction.manager.insert(Institution, row);
      },
    });
  }

  async change(id: string, change: InstitutionChange): Promise<InstitutionRecord> {
    return this.update(id, change.version, detailsOf(change));
  }

  /** Somebody asked there today: all of it holds. */
  async confirm(id: string, { version }: InstitutionSeen): Promise<InstitutionRecord> {
    return this.update(id, version, { confirmedOn: this.transaction.today });
  }

  /** Nothing new is sent there from today on; what was sent before is finished. */
  async close(id: string, { version }: InstitutionSeen): Promise<InstitutionRecord> {
    return this.update(id, version, { closedOn: this.transaction.today });
  }

  async reopen(id: string, { version }: InstitutionSeen): Promise<InstitutionRecord> {
    return this.update(id, version, { closedOn: null });
  }

  /** Of something written by mistake. Its services go with it; a referral or an account that names it keeps it. */
  async remove(id: string): Promise<void> {
    const { manager } = this.transaction;
    await unlessInUse(async () => {
      await manager.delete(Service, { institutionId: id });
      const { affected } = await manager.delete(Institution, { id });
      if (affected !== 1) throw new DomainError('NOT_FOUND');
    });
  }

  async addService(service: NewService): Promise<InstitutionRecord> {
    const { id, institutionId } = service;
    const { manager } = this.transaction;
    if (!(await this.institutions.find(institutionId))) throw notThere('institutionId');
    await createOnce(this.transaction, {
      id,
      find: async () => (await manager.findOneBy(Service, { id })) ?? undefined,
      same: (kept) => sameContent(NewService, kept, service),
      create: async () => {
        await manager.insert(Service, { id, institutionId, ...offerOf(service), version: 1 });
      },
    });
    return this.institutions.read(institutionId);
  }

  async changeService(id: string, change: ServiceChange): Promise<InstitutionRecord> {
    const { manager } = this.transaction;
    const kept = await manager.findOneBy(Service, { id });
    if (!kept) throw new DomainError('NOT_FOUND');
    const { version } = change;
    const { affected } = await manager.update(Service, { id, version }, { ...offerOf(change), version: version + 1 });
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    return this.institutions.read(kept.institutionId);
  }

  async removeService(id: string): Promise<void> {
    const { affected } = await unlessInUse(() => this.transaction.manager.delete(Service, { id }));
    if (affected !== 1) throw new DomainError('NOT_FOUND');
  }

  private async update(id: string, version: number, change: Partial<Institution>): Promise<InstitutionRecord> {
    await this.institutions.read(id);
    const { affected } = await this.transaction.manager.update(
      Institution,
      { id, version },
      { ...change, version: version + 1 },
    );
    if (affected !== 1) throw new DomainError('CHANGED_MEANWHILE');
    return this.institutions.read(id);
  }

  private async requireMunicipality(id: string): Promise<void> {
    const known = await this.transaction.query('SELECT id FROM municipality WHERE id = $1', [id]);
    if (known.length === 0) throw notThere('municipalityId');
  }
}

function detailsOf(said: InstitutionDetails) {
  const { name, address = null, phone = null, email = null, hours = null, answerDays, followsMovedDays } = said;
  return { name, address, phone, email, hours, answerDays, followsMovedDays };
}

function offerOf(said: ServiceDetails) {
  const { name, description = null, needAreas, requiredDocuments = null, fees = null, status } = said;
  return { name, description, needAreas, requiredDocuments, fees, status };
}

function notThere(field: string): DomainError {
  return new DomainError('INVALID_INPUT', {}, [{ field, code: 'notThere' }]);
}
