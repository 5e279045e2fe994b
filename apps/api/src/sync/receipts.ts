import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { blankResult, newId, type Command, type CommandResult } from '@tilts/domain';
import { RequestTransaction } from '../database/request-transaction.js';
import { EVERYWHERE, Seals, type Place } from '../database/seals.js';
import type { Receipt } from './device.entity.js';

type Kept = Pick<Receipt, 'id' | 'deviceId' | 'seq' | 'commandId' | 'outcome' | 'hash' | 'sealed'>;

/** A command that was rescued from one phone may come from two of the same person at once: the second waits here until the first is committed. */
const lock = `SELECT pg_advisory_xact_lock(hashtextextended('receipts ' || $1::text, 0))`;
const ofCommands = `
  SELECT id, device_id AS "deviceId", seq, command_id AS "commandId", outcome, hash, sealed FROM receipt
  WHERE (device_id = $1 AND seq = ANY ($2)) OR (account_id = $4 AND command_id = ANY ($3)) ORDER BY outcome <> 'applied', seq`;
const write = `
  INSERT INTO receipt (id, device_id, account_id, at, seq, command_id, operation, outcome, hash, sealed)
  SELECT r.id, $1, $2, $3, r.seq, r.command_id, r.operation, r.outcome, r.hash, r.sealed
  FROM unnest($4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::bytea[], $10::bytea[]) AS r (id, seq, command_id, operation, outcome, hash, sealed)`;

/** Another command stands under this number, or under this id and another number. */
export type Taken = 'numberTaken' | 'idTaken';

/** The receipts of some commands of a device, within one transaction: those that are there, and those that are written at its end. */
export interface ReceiptBook {
  /**
   * What was said of this command; undefined: it never came. What was said of it to another device of the same person is noted under this
   * number, too.
   */
  find(command: Command): CommandResult | Taken | undefined;
  add(command: Command, result: CommandResult): void;
  write(): Promise<void>;
}

/** Keeps what became of each command, so that one that comes again is answered and not done again. */
@Injectable()
export class Receipts {
  constructor(
    private readonly transaction: RequestTransaction,
    private readonly seals: Seals,
  ) {}

  /** `receivedUpTo`: up to there every number had its receipt, also when it was swept since. */
  async open(deviceId: string, receivedUpTo: number, commands: readonly Command[]): Promise<ReceiptBook> {
    const { session, now } = this.transaction;
    const [, found] = await Promise.all([
      this.transaction.query(lock, [session.accountId]),
      this.transaction.query<Kept>(ofCommands, [
        deviceId,
        commands.map(({ seq }) => seq),
        commands.map(({ id }) => id),
        session.accountId,
      ]),
    ]);
    const kept = found.filter((receipt) => receipt.deviceId === deviceId);
    const elsewhere = found.filter((receipt) => receipt.deviceId !== deviceId);
    // Without one, there is nothing to open and hardly anything to seal.
    let salt = found.some(({ sealed }) => sealed) ? await this.salt() : undefined;
    const fresh: (Kept & { operation: string; result: CommandResult })[] = [];
    const resultOf = (
      { id, outcome, sealed, result }: Kept & { result?: CommandResult },
      of: Command,
    ): CommandResult => {
      // Of an applied one nothing more is said than that: what it answered stands in the records.
      if (outcome === 'applied') return { ...blankResult(of), outcome: 'alreadyApplied' };
      if (result) return result;
      if (!sealed || !salt) throw new Error('A receipt without its result');
      return this.seals.unseal<CommandResult>(placeOf(id), salt, sealed);
    };
    const note = (command: Command, outcome: Receipt['outcome'], result: CommandResult): void => {
      const { seq, id: commandId, operation } = command;
      const hash = hashOf(command);
      fresh.push({ id: newId(), deviceId, seq, commandId, operation, outcome, hash, sealed: null, result });
    };
    return {
      find: (command) => {
        const all: (Kept & { result?: CommandResult })[] = [...kept, ...fresh];
        const receipt = all.find(({ seq }) => seq === command.seq);
        if (!receipt && command.seq <= receivedUpTo) return 'numberTaken';
        if (!receipt && all.some(({ commandId }) => commandId === command.id)) return 'idTaken';
        if (!receipt) {
          const others = elsewhere.filter(({ commandId }) => commandId === command.id);
          const same = others.find(({ hash }) => hash.equals(hashOf(command)));
          if (!same) return others.length > 0 ? 'idTaken' : undefined;
          const result = { ...resultOf(same, command), seq: command.seq };
          note(command, same.outcome, result);
          return result;
        }
        if (receipt.commandId !== command.id || !receipt.hash.equals(hashOf(command))) return 'numberTaken';
        return resultOf(receipt, command);
      },
      add: (command, result) => note(command, result.outcome as Receipt['outcome'], result),
      write: async () => {
        if (fresh.length === 0) return;
        if (fresh.some(({ outcome }) => outcome !== 'applied')) salt ??= await this.salt();
        for (const receipt of fresh)
          if (receipt.outcome !== 'applied' && salt)
            receipt.sealed = this.seals.seal(placeOf(receipt.id), salt, receipt.result);
        const columns = ['id', 'seq', 'commandId', 'operation', 'outcome', 'hash', 'sealed'] as const;
        await this.transaction.query(write, [
          deviceId,
          session.accountId,
          now,
          ...columns.map((column) => fresh.map((receipt) => receipt[column])),
        ]);
      },
    };
  }

  private async salt(): Promise<Buffer> {
    const [account] = await this.transaction.query<{ salt: Buffer }>('SELECT salt FROM account WHERE id = $1', [
      this.transaction.session.accountId,
    ]);
    if (!account) throw new Error('A session without its account');
    return account.salt;
  }
}

export function hashOf({ operation, content, base }: Command): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([operation, content, base ?? null]))
    .digest();
}

function placeOf(id: string): Place {
  return { table: 'receipt', id, tenant: EVERYWHERE };
}
