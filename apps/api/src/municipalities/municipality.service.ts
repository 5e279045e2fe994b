import { Injectable } from '@nestjs/common';
import type { MunicipalityPeriod, MunicipalityView, Page } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';

/** The municipalities with the codes and names that they had and have. The whole country has 43, so the list comes whole. */
@Injectable()
export class MunicipalityService {
  constructor(private readonly transaction: RequestTransaction) {}

  async list(): Promise<Page<MunicipalityView>> {
    const items = await this.transaction.query<MunicipalityView>(
      `SELECT id, key, family_prefix AS "familyPrefix", name, name_in AS "nameIn" FROM municipality ORDER BY key LIMIT 100`,
    );
    const periods = await this.transaction.query<MunicipalityPeriod & { municipalityId: string }>(
      `SELECT municipality_id AS "municipalityId", valid_from AS "validFrom", valid_to AS "validTo", atvk, name FROM municipality_period ORDER BY valid_from NULLS FIRST`,
    );
    return {
      items: items.map((item) => ({ ...item, periods: periods.filter((period) => period.municipalityId === item.id) })),
      next: null,
    };
  }
}
