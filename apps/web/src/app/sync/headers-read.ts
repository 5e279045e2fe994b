import { answerOf, type AnyOperation, type HeldCopy } from '@tilts/domain';
import type { AnyEndpoint } from '../platform/exchange';
import type { Given } from '../platform/local-copy';

/** So many versions of records that may be changed. */
const most = 60;

/**
 * What a person read before they changed it, version by version. A form that was opened on one version is saved as a change of that one,
 * although the copy has moved on beneath it meanwhile.
 */
export class HeadersRead {
  readonly #read = new Map<string, object>();

  note(endpoint: AnyEndpoint, { params }: Given, output: unknown): void {
    const version = versionOf(output);
    if (version === null || !params) return;
    const key = keyOf(endpoint.path as string, params, version);
    this.#read.delete(key);
    this.#read.set(key, output as object);
    const [oldest] = this.#read.keys();
    if (this.#read.size > most && oldest !== undefined) this.#read.delete(oldest);
  }

  /** Null when it is not known any more: then the office refuses a change of what somebody else has changed. */
  asRead(endpoint: AnyEndpoint, { params = {}, input }: Given, seen: HeldCopy): object | null {
    const version = versionOf(input);
    if (!endpoint.merges || version === null) return null;
    const noted = this.#read.get(keyOf(endpoint.merges, params, version));
    if (noted) return noted;
    const read = { ...endpoint, method: 'GET', path: endpoint.merges } as AnyOperation;
    const now: unknown = answerOf(read, { params }, seen);
    return versionOf(now) === version ? (now as object) : null;
  }
}

function versionOf(value: unknown): number | null {
  const { version } = (value ?? {}) as { version?: unknown };
  return typeof version === 'number' ? version : null;
}

function keyOf(path: string, params: Record<string, string>, version: number): string {
  return `${path} ${params['id'] ?? ''} ${version}`;
}
