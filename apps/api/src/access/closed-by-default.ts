import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { endpointOf, isOpenToAll } from '../platform/serves.decorator.js';

/** A route that nobody gave a permission: the app does not start. */
export class RouteWithoutPermission extends Error {
  constructor(routes: readonly string[]) {
    super(`Without @Serves nobody knows who may use ${routes.join(', ')}`);
    this.name = 'RouteWithoutPermission';
  }
}

/** Walks every route at the start and refuses to open the door when one of them has no permission. */
@Injectable()
export class ClosedByDefault implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const open: string[] = [];
    for (const { instance, metatype } of this.discovery.getControllers()) {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        // 'path' is what Nest's @Get(), @Post() … leave on a handler.
        if (!handler || !Reflect.hasMetadata('path', handler)) continue;
        if (!endpointOf(handler) && !isOpenToAll(handler)) open.push(`${metatype?.name ?? 'a controller'}.${name}`);
      }
    }
    if (open.length > 0) throw new RouteWithoutPermission(open);
  }
}
