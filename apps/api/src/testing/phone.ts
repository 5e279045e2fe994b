import { gzipSync } from 'node:zlib';
import { fromRanges, inColumns, inLines, linesType, newId, numberCommand, syncEndpoints } from '@tilts/domain';
import type {
  BatchResult,
  Changes,
  Command,
  CommandBatch,
  CommandResult,
  Endpoint,
  FamilyBundle,
  Problem,
} from '@tilts/domain';
import type { Answer, Somebody } from '../test-app.js';

interface Done<I extends object> {
  input?: I | Omit<I, 'rules'>;
  params?: Record<string, string>;
  base?: object | null;
}

type Packed = Uint8Array<ArrayBuffer>;

/** A phone that somebody writes on and hands in from, without any wits of its own. */
export class Phone {
  numbered = 0;
  generation: string | null = null;

  constructor(
    readonly somebody: Somebody,
    readonly id = newId(),
  ) {}

  write<I extends object>(
    { method, path }: Pick<Endpoint<I, string, unknown>, 'method' | 'path' | 'input'>,
    { input, params = {}, base = null }: Done<I>,
  ): Command {
    const operation = `${method} ${path}`;
    this.numbered += 1;
    return numberCommand({ operation, params, input: input ?? {}, base }, this.numbered, new Date().toISOString());
  }

  async hand(commands: readonly Command[]): Promise<BatchResult> {
    const batch = this.batch(commands);
    return fromRanges(await this.somebody.call(syncEndpoints.commands, { input: inColumns(batch) }), batch);
  }

  async handOne(command: Command): Promise<CommandResult> {
    const [result] = (await this.hand([command])).results;
    if (!result) throw new Error('A command was not answered');
    return result;
  }

  refused(commands: readonly Command[]): Promise<Problem> {
    return this.somebody.refused(syncEndpoints.commands, { input: inColumns(this.batch(commands)) });
  }

  batch(commands: readonly Command[]): CommandBatch {
    return { deviceId: this.id, numbered: this.numbered, generation: this.generation, commands: [...commands] };
  }

  /** As a phone packs it, or as somebody else would. */
  handPacked(commands: readonly Command[], packed: Packed = gzipSync(inLines(this.batch(commands)))): Promise<Answer> {
    return this.somebody.fetchPacked(syncEndpoints.commands.path, packed, linesType);
  }

  changes(since?: string | null): Promise<Changes> {
    return this.somebody.call(syncEndpoints.changes, { input: { deviceId: this.id, since: since ?? null } });
  }

  async bundles(...ids: string[]): Promise<FamilyBundle[]> {
    return (await this.somebody.call(syncEndpoints.families, { input: { ids } })).bundles;
  }
}

/** `applied`, `refused NOT_FOUND` … */
export function outcomesOf({ results }: Pick<BatchResult, 'results'>): string[] {
  return results.map(({ outcome, code }) => (outcome === 'refused' ? `${outcome} ${code}` : outcome));
}
