import { FamilyChange } from '../../families/family.js';
import type { BatchResult, Command, CommandBatch, CommandResult, DeviceStanding } from '../command.js';
import { inOneOrder, readContent } from '../content.js';
import { mergeFields } from '../merge.js';
import type { Liar } from './liars.js';

/** A family's header as the model edits it. */
export type Header = Omit<FamilyChange, 'rules'>;

interface Receipt {
  id: string;
  hash: string;
  result: CommandResult;
}

/** Everything that a backup holds. Never changed in place: a transaction works on a copy, and a backup is the state itself. */
interface Kept {
  receipts: ReadonlyMap<string, Receipt>;
  visits: ReadonlyMap<string, string>;
  families: ReadonlyMap<string, Header & { by: string }>;
  /** Moves have no id of their own: what is done twice stands here twice. */
  moves: readonly string[];
}

interface Draft extends Kept {
  receipts: Map<string, Receipt>;
  visits: Map<string, string>;
  families: Map<string, Header & { by: string }>;
  moves: string[];
}

/** Where an exchange breaks: a number is the transaction of the batch before whose commit the office is killed. */
export type Cut = 'none' | 'before' | 'after' | number;

const perTransaction = 2;
/** What the office refuses until the person corrects it. */
export const wrong = 'wrong';

/** The office with the rules of receipts of the real one, in memory. */
export class ModelOffice {
  generation = 'g0';
  /** The next command that is carried out is refused: rights withdrawn for a moment. */
  refusesNext = false;
  /** The next command meets a passing trouble. */
  troubled = false;
  kept: Kept = { receipts: new Map(), visits: new Map(), families: new Map(), moves: [] };
  private backups: { kept: Kept; at: number }[] = [];

  constructor(private readonly liar: Liar | null) {}

  backUp(at: number): void {
    this.backups.push({ kept: this.kept, at });
  }

  /** From a backup that phones can still make good. */
  restore(pick: number, notBefore: number): boolean {
    if (!this.copyBack(pick, notBefore)) return false;
    this.generation = `g${Number(this.generation.slice(1)) + 1}`;
    return true;
  }

  /** Somebody copied its files back, and nobody told it. */
  copyBack(pick: number, notBefore: number): boolean {
    const young = this.backups.filter(({ at }) => at >= notBefore);
    const backup = young[pick % Math.max(1, young.length)];
    if (!backup) return false;
    this.kept = backup.kept;
    return true;
  }

  /** Null: nothing came back. */
  take(batch: CommandBatch, cut: Cut = 'none'): BatchResult | null {
    if (cut === 'before') return null;
    const results: CommandResult[] = [];
    let passing = batch.generation !== this.generation && this.liar !== 'takesOldBatches';
    for (let at = 0, chunk = 0; at < batch.commands.length; at += perTransaction, chunk += 1) {
      const draft = draftOf(this.kept);
      for (const command of batch.commands.slice(at, at + perTransaction)) {
        passing ||= this.troubled;
        this.troubled = false;
        results.push(passing ? resultOf(command, 'notNow') : this.once(draft, batch.deviceId, command));
      }
      if (cut === chunk)
        return this.liar === 'acknowledgesBeforeCommit' ? this.answer(batch.deviceId, draft, results) : null;
      this.kept = draft;
    }
    return cut === 'after' ? null : this.answer(batch.deviceId, this.kept, results);
  }

  standing(deviceId: string, kept: Kept = this.kept): DeviceStanding {
    const has = new Set(
      [...kept.receipts.keys()].filter((key) => key.startsWith(`${deviceId}/`)).map((key) => Number(key.split('/')[1])),
    );
    let receivedUpTo = 0;
    while (has.has(receivedUpTo + 1)) receivedUpTo += 1;
    const receivedAbove = [...has].filter((seq) => seq > receivedUpTo).map((seq) => ({ from: seq, to: seq }));
    return { generation: this.generation, receivedUpTo, receivedAbove };
  }

  private answer(deviceId: string, kept: Kept, results: CommandResult[]): BatchResult {
    return { ...this.standing(deviceId, kept), results };
  }

  private once(draft: Draft, deviceId: string, command: Command): CommandResult {
    const key = `${deviceId}/${command.seq}`;
    const hash = inOneOrder([command.operation, command.content, command.base ?? null]);
    const receipt = draft.receipts.get(key);
    if (receipt) {
      if (receipt.hash !== hash || receipt.id !== command.id) return refusal(command, 'ID_TAKEN');
      const { result } = receipt;
      return result.outcome === 'applied' ? resultOf(command, 'alreadyApplied') : result;
    }
    const isIdTaken = [...draft.receipts.values()].some(({ id }) => id === command.id);
    const result = isIdTaken ? refusal(command, 'ID_TAKEN') : this.carryOut(draft, command);
    draft.receipts.set(key, { id: command.id, hash, result });
    return result;
  }

  private carryOut(draft: Draft, command: Command): CommandResult {
    if (this.refusesNext) {
      this.refusesNext = false;
      return refusal(command, 'NOT_FOUND');
    }
    if (command.content.includes(wrong)) return refusal(command, 'INVALID_INPUT');
    const { params, input } = readContent(command);
    if (command.operation === 'POST /visits') return visit(draft, command, input as unknown as Visit);
    if (command.operation === 'POST /families') return family(draft, command, input as unknown as NewFamilyOfModel);
    const id = String(params['id']);
    const stands = draft.families.get(id);
    if (!stands) return refusal(command, 'NOT_FOUND');
    if (command.operation === 'POST /referrals/{id}/moves') {
      draft.moves.push(String(input['text']));
      return resultOf(command, 'applied');
    }
    if (command.operation !== 'PUT /families/{id}') return refusal(command, 'NOT_FOUND');
    return this.change(draft, command, id, input as unknown as Header, stands);
  }

  private change(
    draft: Draft,
    command: Command,
    id: string,
    mine: Header,
    stands: Header & { by: string },
  ): CommandResult {
    const version = stands.version + 1;
    if (this.liar === 'lastWriteWins') {
      if (command.madeAt >= stands.by) draft.families.set(id, { ...mine, version, by: command.madeAt });
      return resultOf(command, 'applied');
    }
    // The base is compared, never the version: after a restore the same number stands for other words.
    const trusts = this.liar === 'trustsVersions' && mine.version === stands.version;
    const base = trusts ? stands : (JSON.parse(command.base ?? '{}') as object);
    const { merged, clashes } = mergeFields<object>(FamilyChange, base, mine, stands);
    if (clashes.length > 0) return { ...resultOf(command, 'conflict'), version: stands.version, clashes };
    draft.families.set(id, { ...(merged as Header), version, by: command.madeAt });
    return resultOf(command, 'applied');
  }
}

interface Visit {
  id: string;
  familyId: string;
  note: string;
}

interface NewFamilyOfModel {
  id: string;
  name: string;
}

function visit(draft: Draft, command: Command, { id, familyId, note }: Visit): CommandResult {
  if (!draft.families.has(familyId)) return refusal(command, 'NOT_FOUND');
  const kept = draft.visits.get(id);
  if (kept !== undefined && kept !== note) return refusal(command, 'ID_TAKEN');
  draft.visits.set(id, note);
  return resultOf(command, 'applied');
}

function family(draft: Draft, command: Command, { id, name }: NewFamilyOfModel): CommandResult {
  if (!draft.families.has(id))
    draft.families.set(id, { version: 1, status: 'active', name, by: command.madeAt } as Header & { by: string });
  return resultOf(command, 'applied');
}

function draftOf({ receipts, visits, families, moves }: Kept): Draft {
  return { receipts: new Map(receipts), visits: new Map(visits), families: new Map(families), moves: [...moves] };
}

function refusal(command: Command, code: string): CommandResult {
  return { ...resultOf(command, 'refused'), code };
}

function resultOf({ id, seq }: Command, outcome: CommandResult['outcome']): CommandResult {
  return { id, seq, outcome, code: null, params: null, fields: [], version: null, clashes: [], output: null };
}
