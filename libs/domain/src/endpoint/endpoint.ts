import type { Permission, Role } from '../access/permission.js';
import type { Class } from '../fields/registry.js';
import type { Page } from './page.js';

/** The names in braces of a path: `/families/{id}` → `{ id: string }`. */
export type Params<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & Params<Rest>
  : object;

/** Files instead of JSON; each is the ending of its name. */
export const csv = 'csv' as const;
export const xlsx = 'xlsx' as const;

/** What a file is, as HTTP says it. */
export const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type FileKind = keyof typeof mediaTypes;

export function isFile(output: Endpoint['output']): output is FileKind {
  return typeof output === 'string';
}

/** What an operation takes when it takes nothing. */
export class NoInput {}

/**
 * One operation, the single definition: the API serves it, the web calls it, tests loop over it, the access matrix and the
 * OpenAPI document are computed from it. A GET's input is its query, any other's the JSON body.
 */
export interface Endpoint<I extends object = object, P extends string = string, O = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: P;
  /** `public`: before a session exists. */
  readonly permission: Permission | 'public';
  /** What it is for, one English sentence (OpenAPI). */
  readonly summary: string;
  readonly input: Class<I>;
  readonly output: Class<O & object> | FileKind | null;
  /** A role that is shown more than `output` says has a View of its own: two audiences, two Views. */
  readonly outputFor?: Partial<Record<Role, Class<O & object>>>;
  readonly status: 200 | 201 | 204;
  /** A GET that leaves a mark (the first opening of a referral): runs in a writing transaction. */
  readonly marks: boolean;
  /** Only for who proved themselves a short while ago (access/second-factor.ts): what an open screen must not give away. */
  readonly stepUp: boolean;
  /** A phone writes it down as a command and sends it when it can (sync/command.ts): safe to send twice, and worth waiting for. */
  readonly queued: boolean;
  /** It changes what somebody else may have changed meanwhile: path of the GET that tells how it stands now, to merge field by field. */
  readonly merges: string | null;
  /** Of a whole answer its audit row names those who were asked for by `ids`, not every record that hangs on them. */
  readonly auditsAsked: boolean;
  /** It carries operations of its own, each of which has its transaction and its audit. */
  readonly apart: boolean;
}

type Result<O> = O extends typeof csv
  ? string
  : O extends typeof xlsx
    ? Uint8Array
    : O extends Class<infer V>
      ? V
      : void;

export function endpoint<
  const P extends `/${string}`,
  O extends Class | FileKind | null,
  I extends object = NoInput,
  M extends Class = never,
>(definition: {
  method: Endpoint['method'];
  path: P;
  permission: Permission | 'public';
  summary: string;
  input?: Class<I>;
  output: O;
  outputFor?: Partial<Record<Role, M>>;
  status?: Endpoint['status'];
  marks?: boolean;
  stepUp?: boolean;
  queued?: boolean;
  merges?: string;
  auditsAsked?: boolean;
  apart?: boolean;
}): Endpoint<I, P, Result<O> | (M extends Class<infer V> ? V : never)> {
  const { method, output } = definition;
  const made = {
    ...definition,
    input: definition.input ?? NoInput,
    marks: definition.marks ?? false,
    stepUp: definition.stepUp ?? false,
    queued: definition.queued ?? false,
    merges: definition.merges ?? null,
    auditsAsked: definition.auditsAsked ?? false,
    apart: definition.apart ?? false,
    status: definition.status ?? (output === null ? 204 : method === 'POST' ? 201 : 200),
  };
  return made as unknown as Endpoint<I, P, Result<O> | (M extends Class<infer V> ? V : never)>;
}

export type InputOf<E> = E extends Endpoint<infer I, string, unknown> ? I : never;
export type OutputOf<E> = E extends Endpoint<infer _I, string, infer O> ? O : never;
export type ItemOf<E> = OutputOf<E> extends Page<infer V> ? V : never;
