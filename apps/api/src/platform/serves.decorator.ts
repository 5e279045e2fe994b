import {
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  SetMetadata,
  createParamDecorator,
  type ExecutionContext,
} from '@nestjs/common';
import type { Endpoint, Params } from '@tilts/domain';
import type { FastifyRequest } from 'fastify';

/** What a handler is given: the checked input of its endpoint and the ids of its path. */
export interface Call<I extends object, P extends string> {
  input: I;
  params: Params<P>;
}

/** What stands behind the call (`@Req()`, `@Res()`) is Nest's; only access needs it, for its cookies. */
type Handler<I extends object, P extends string, O> = (call: Call<I, P>, ...injected: never[]) => Promise<O>;

type IsAny<T> = 0 extends 1 & T ? true : false;
type Fine = unknown;

/**
 * Methods are compared bivariantly and `any` fits everything, so `H extends Handler` alone lets through a handler that asks
 * for more than the endpoint gives. What does not fit asks the descriptor for a property that it cannot have.
 */
type Fits<H extends (...call: never[]) => unknown, I extends object, P extends string> =
  IsAny<Awaited<ReturnType<H>>> extends true
    ? { 'the handler returns any': never }
    : Parameters<H> extends [infer C, ...unknown[]]
      ? IsAny<C> extends true
        ? { 'the handler takes any': never }
        : Call<I, P> extends C
          ? TakesAny<C>
          : { 'the handler asks for what its endpoint does not give': never }
      : Fine;
type TakesAny<C> = C extends { input: infer I }
  ? IsAny<I> extends true
    ? { 'the handler takes any input': never }
    : AnyParams<C>
  : AnyParams<C>;
type AnyParams<C> = C extends { params: infer P }
  ? IsAny<P> extends true
    ? { 'the handler takes any params': never }
    : Fine
  : Fine;

/** The same for one of several calls. */
type FitsTogether<H extends (...calls: never[]) => unknown, I extends object, P extends string> =
  Parameters<H> extends [readonly (infer C)[], ...unknown[]]
    ? Fits<(call: C) => OneOf<ReturnType<H>>, I, P>
    : Fits<() => OneOf<ReturnType<H>>, I, P>;
type OneOf<R> = Awaited<R> extends readonly (infer O)[] ? O : Awaited<R>;

const ENDPOINT = Symbol('endpoint');
const TOGETHER = Symbol('together');
const OPEN = Symbol('open');
const CALL = Symbol('call');

const routes = { GET: Get, POST: Post, PUT: Put, DELETE: Delete };

const TheCall = createParamDecorator((_: unknown, context: ExecutionContext) =>
  callOf(context.switchToHttp().getRequest()),
);

/** Makes a controller method serve an endpoint. Route, permission, input, answer and document all come from that one line. */
export function Serves<I extends object, P extends string, O>(endpoint: Endpoint<I, P, O>) {
  return <H extends Handler<I, P, O>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<H> & Fits<H, I, P>,
  ): void => {
    routes[endpoint.method](endpoint.path.replace(/\{(\w+)\}/g, ':$1'))(target, key, descriptor);
    HttpCode(endpoint.status)(target, key, descriptor);
    SetMetadata(ENDPOINT, endpoint)(target, key, descriptor);
    TheCall()(target, key, 0);
  };
}

/**
 * Makes a controller method do what an endpoint does for several calls at once: for all of them, or it throws and none counts. No route of
 * its own; whoever has many commands (sync) finds it by `servedTogether`.
 */
export function ServesTogether<I extends object, P extends string, O>(endpoint: Endpoint<I, P, O>) {
  return <H extends (calls: readonly Call<I, P>[]) => Promise<readonly O[]>>(
    _target: object,
    _key: string | symbol,
    { value }: TypedPropertyDescriptor<H> & FitsTogether<H, I, P>,
  ): void => {
    if (value) Reflect.defineMetadata(TOGETHER, endpoint, value);
  };
}

/** The endpoint whose calls a method serves together. */
export function servedTogether(handler: object): Endpoint | undefined {
  return Reflect.getMetadata(TOGETHER, handler) as Endpoint | undefined;
}

/** A route that is no operation of Tilts and tells nobody anything (the API's own document); says why it may be open. */
export function OpenToAll(reason: string): MethodDecorator {
  return SetMetadata(OPEN, reason);
}

/** The endpoint that a handler serves; undefined when it is not made by `@Serves`. */
export function endpointOf(handler: object): Endpoint | undefined {
  return Reflect.getMetadata(ENDPOINT, handler) as Endpoint | undefined;
}

export function isOpenToAll(handler: object): boolean {
  return Reflect.hasMetadata(OPEN, handler);
}

type WithCall = FastifyRequest & { [CALL]?: Call<object, string> };

/** Lays the checked call down for the handler; the raw query and body are never handed to it. */
export function setCall(request: FastifyRequest, call: Call<object, string>): void {
  (request as WithCall)[CALL] = call;
}

function callOf(request: FastifyRequest): Call<object, string> {
  const call = (request as WithCall)[CALL];
  // Without the check a handler would get unchecked input: the request is refused instead.
  if (!call) throw new Error('The input of this request was not checked');
  return call;
}
