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

/** The server refused, in its own words (codes); or no answer came, then `code` is OFFLINE. Forms read `fields`. */
export class CallProblem extends Error {
  constructor(
    readonly code: ErrorCode | 'OFFLINE',
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
  const { input, params } = (given ?? {}) as { input?: object; params?: Record<string, string> };
  const path = (endpoint.path as string).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  );
  const body = endpoint.method === 'GET' || endpoint.method === 'DELETE' ? undefined : JSON.stringify(input ?? {});
  const headers = new Headers({ accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (token) headers.set('authorization', `Bearer ${token}`);

  let response: Response;
  try {
    response = await fetch(`/api${path}${endpoint.method === 'GET' ? queryOf(input) : ''}`, {
      method: endpoint.method,
      headers,
      body,
      credentials: 'same-origin',
      keepalive: mayOutlive(body),
    });
  } catch {
    throw new CallProblem('OFFLINE', 0);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as OutputOf<E>;
  return (await contentOf(response, endpoint.output as Endpoint['output'])) as OutputOf<E>;
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

async function problemOf(response: Response): Promise<CallProblem> {
  try {
    const problem = (await response.json()) as Problem;
    return new CallProblem(problem.code, response.status, problem.fields, problem.params, problem.requestId);
  } catch {
    // Not our server's words: a proxy, or a server that is just starting.
    return new CallProblem(response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL', response.status);
  }
}
