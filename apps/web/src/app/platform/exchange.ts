import {
  csv,
  isFile,
  type Endpoint,
  type ErrorCode,
  type FieldProblem,
  type InputOf,
  type OutputOf,
  type Params,
  type Problem,
} from '@tilts/domain';

/** An input as a plain object: the fields of its class without its rules. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- any method at all is left out
export type Fields<T> = { [K in keyof T as T[K] extends Function | undefined ? never : K]: T[K] };

type PathOf<E> = E extends Endpoint<infer _I, infer P, infer _O> ? P : never;

/** What a call takes: the input of its endpoint and the parameters of its path, each only when there is one. */
export type CallArguments<E extends AnyEndpoint> = (object extends Fields<InputOf<E>>
  ? { input?: Fields<InputOf<E>> }
  : { input: Fields<InputOf<E>> }) &
  (keyof Params<PathOf<E>> extends never ? { params?: undefined } : { params: Params<PathOf<E>> });

// An endpoint's input stands in a position where its type may neither grow nor shrink; only NoInput's supertype fits all.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any endpoint whatever it takes and gives
export type AnyEndpoint = Endpoint<any, any, any>;

/**
 * What this device could not do itself: no answer came; or the disk is full, a newer Tilts has written here, what was written cannot be
 * read. Nothing of what was typed is lost by any of them.
 */
export type DeviceProblem = 'OFFLINE' | 'PHONE_FULL' | 'PHONE_NEWER' | 'PHONE_BROKEN';

/** The server refused, in its own words (codes), or this device could not. Forms read `fields`. */
export class CallProblem extends Error {
  constructor(
    readonly code: ErrorCode | DeviceProblem,
    readonly status: number,
    readonly fields: readonly FieldProblem[] = [],
    readonly params: Record<string, string | number> = {},
    readonly requestId: string | null = null,
  ) {
    super(code);
    this.name = 'CallProblem';
  }
}

/** One request and its answer, without knowing who asks. */
export async function exchange<E extends AnyEndpoint>(
  endpoint: E,
  given: CallArguments<E> | undefined,
  token: string | null,
): Promise<OutputOf<E>> {
  const { address, method, body } = requestOf(endpoint, given);
  const headers = new Headers(headersOf(token));
  if (body !== undefined) headers.set('content-type', 'application/json');

  let response: Response;
  try {
    response = await fetch(address, { method, headers, body, credentials: 'same-origin', keepalive: mayOutlive(body) });
  } catch {
    throw new CallProblem('OFFLINE', 0);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as OutputOf<E>;
  try {
    return (await contentOf(response, endpoint.output as Endpoint['output'])) as OutputOf<E>;
  } catch {
    // Cut off in the middle, or the words of something between us that lets nobody through until they have agreed to its terms.
    throw new CallProblem('OFFLINE', 0);
  }
}

/** Where a call goes and what it carries. */
export function requestOf<E extends AnyEndpoint>(
  endpoint: E,
  given: CallArguments<E> | undefined,
): { address: string; method: Endpoint['method']; body: string | undefined } {
  const { input, params } = (given ?? {}) as { input?: object; params?: Record<string, string> };
  const path = (endpoint.path as string).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  );
  const { method } = endpoint;
  const body = method === 'GET' || method === 'DELETE' ? undefined : JSON.stringify(input ?? {});
  return { address: `/api${path}${method === 'GET' ? queryOf(input) : ''}`, method, body };
}

/** What every request says. The service worker stays out: it would turn a missing network into an answer. */
export function headersOf(token: string | null): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    'ngsw-bypass': 'yes',
    ...(token && { authorization: `Bearer ${token}` }),
  };
}

async function contentOf(response: Response, output: Endpoint['output']): Promise<unknown> {
  if (!isFile(output)) return response.json();
  return output === csv ? response.text() : new Uint8Array(await response.arrayBuffer());
}

/** What was written is sent although the page closes, so that a draft outlives it; browsers refuse this above 64 KiB. */
function mayOutlive(body: string | undefined): boolean {
  return body !== undefined && body.length < 20_000;
}

function queryOf(input: object = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input) as [string, unknown][]) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
      if (one !== undefined && one !== null && one !== '') query.append(name, String(one as string | number | boolean));
  }
  const text = query.toString();
  return text && `?${text}`;
}

export async function problemOf(response: Response): Promise<CallProblem> {
  try {
    const problem = (await response.json()) as Problem;
    return new CallProblem(problem.code, response.status, problem.fields, problem.params, problem.requestId);
  } catch {
    // Not our server's words: a proxy, or a server that is just starting.
    return new CallProblem(response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL', response.status);
  }
}
