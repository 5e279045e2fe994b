import { Injectable } from '@nestjs/common';
import { DomainError, type CommandBatch, type DeviceStanding, type NumberRange } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';

interface Numbers {
  receivedUpTo: number;
}

/** Up to which number receipts have been written, and by which office. */
export interface Opened extends Numbers {
  generation: string;
}

const open = `
  UPDATE device SET numbered = greatest(numbered, $2), last_contact_at = $3 WHERE id = $1
  RETURNING received_up_to AS "receivedUpTo", (SELECT generation FROM installation) AS generation`;
const register = `
  INSERT INTO device (id, account_id, numbered, received_up_to, first_seen_at, last_contact_at) VALUES ($1, $4, $2, 0, $3, $3) ON CONFLICT DO NOTHING`;
const office = 'SELECT generation FROM installation';
const known = 'SELECT received_up_to AS "receivedUpTo" FROM device WHERE id = $1';
/** Ranges of numbers without a gap: $1 device, $2 after that number. */
const rangesAbove = `
  SELECT min(seq) AS from, max(seq) AS to
  FROM (SELECT seq, seq - row_number() OVER (ORDER BY seq) AS island FROM receipt WHERE device_id = $1 AND seq > $2) r
  GROUP BY island ORDER BY 1`;

/** The devices of the caller, each with the numbers that the office has of it. */
@Injectable()
export class Devices {
  constructor(private readonly transaction: RequestTransaction) {}

  /**
   * Two batches of one device at once: the second waits here until the first is committed. Somebody else's device is not there.
   */
  async open({
    deviceId,
    numbered,
    commands,
  }: Pick<CommandBatch, 'deviceId' | 'numbered' | 'commands'>): Promise<Opened> {
    const { session, now } = this.transaction;
    const highest = commands.reduce((so, { seq }) => Math.max(so, seq), numbered);
    const contact = [deviceId, highest, now];
    let [device] = await this.transaction.query<Opened>(open, contact);
    if (!device) {
      await this.transaction.query(register, [...contact, session.accountId]);
      [device] = await this.transaction.query<Opened>(open, contact);
    }
    if (!device) throw new DomainError('NOT_FOUND');
    return device;
  }

  /** A device that never handed anything in is not known yet. */
  async standing(deviceId: string): Promise<DeviceStanding> {
    const [device] = await this.transaction.query<Numbers>(known, [deviceId]);
    const { generation } = await this.office();
    const upTo = device?.receivedUpTo ?? 0;
    const [first, ...above] = await this.transaction.query<NumberRange>(rangesAbove, [deviceId, upTo]);
    const standing = { generation, receivedUpTo: upTo };
    if (first?.from !== upTo + 1) return { ...standing, receivedAbove: first ? [first, ...above] : [] };
    return { ...standing, receivedUpTo: first.to, receivedAbove: above };
  }

  async office(): Promise<{ generation: string }> {
    const [installation] = await this.transaction.query<{ generation: string }>(office);
    if (!installation) throw new Error('There is no installation');
    return installation;
  }

  /** Once receipts stand in the transaction: how it is now, and kept so that it survives the receipts. */
  async received(deviceId: string): Promise<DeviceStanding> {
    const standing = await this.standing(deviceId);
    await this.transaction.query('UPDATE device SET received_up_to = $2 WHERE id = $1 AND received_up_to < $2', [
      deviceId,
      standing.receivedUpTo,
    ]);
    return standing;
  }
}
