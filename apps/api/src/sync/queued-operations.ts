import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { allEndpoints, DomainError, type Endpoint } from '@tilts/domain';
import type { AnyCall } from '../access/serving.js';
import { endpointOf, servedTogether } from '../platform/serves.decorator.js';

/** An operation with the handler that serves it over HTTP, too. */
export interface Operation {
  endpoint: Endpoint;
  handle: (call: AnyCall) => Promise<object | undefined>;
  /** For several calls at once, where that costs less: all of them, or it throws. */
  handleAll?: HandleAll | undefined;
}
type HandleAll = (calls: readonly AnyCall[]) => Promise<readonly (object | undefined)[]>;

/** A phone would write down what nobody here can do: the app does not start. */
export class OperationWithoutHandler extends Error {
  constructor(operations: readonly string[]) {
    super(`Phones write these down, and no controller serves them: ${operations.join(', ')}`);
    this.name = 'OperationWithoutHandler';
  }
}

export const nameOf = ({ method, path }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${path}`;

/** What a command may ask for, and how what it changes is read. */
@Injectable()
export class QueuedOperations implements OnApplicationBootstrap {
  private operations = new Map<string, Operation>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    this.operations = this.served();
    refuseMissing(this.operations, allEndpoints);
  }

  /** An operation that is not there, or not for phones: there is no difference. */
  queued(name: string): Operation {
    const operation = this.operations.get(name);
    if (!operation?.endpoint.queued) throw new DomainError('NOT_FOUND');
    return operation;
  }

  /** Whether several of it may be served together. */
  servesTogether(name: string): boolean {
    return this.operations.get(name)?.handleAll !== undefined;
  }

  /** Tells how the header that this operation changes stands now. */
  reading({ merges }: Endpoint): Operation | undefined {
    return merges === null ? undefined : this.operations.get(`GET ${merges}`);
  }

  private served(): Map<string, Operation> {
    const operations = new Map<string, Operation>();
    const together = new Map<string, HandleAll>();
    for (const { instance } of this.discovery.getControllers()) {
      const controller = instance as Record<string, Operation['handle'] & HandleAll>;
      for (const name of this.scanner.getAllMethodNames(Object.getPrototypeOf(controller) as object)) {
        const handler = controller[name];
        const endpoint = handler && endpointOf(handler);
        if (handler && endpoint) operations.set(nameOf(endpoint), { endpoint, handle: handler.bind(controller) });
        const many = handler && servedTogether(handler);
        if (handler && many) together.set(nameOf(many), handler.bind(controller));
      }
    }
    for (const [name, operation] of operations) operation.handleAll = together.get(name);
    return operations;
  }
}

export function refuseMissing(operations: ReadonlyMap<string, unknown>, endpoints: readonly Endpoint[]): void {
  const needed = endpoints
    .filter(({ queued }) => queued)
    .flatMap((endpoint) => [nameOf(endpoint), ...(endpoint.merges === null ? [] : [`GET ${endpoint.merges}`])]);
  const missing = needed.filter((name) => !operations.has(name));
  if (missing.length > 0) throw new OperationWithoutHandler(missing);
}
