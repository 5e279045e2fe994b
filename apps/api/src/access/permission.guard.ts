import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError, mayDo } from '@tilts/domain';
import { endpointOf, isOpenToAll } from '../platform/serves.decorator.js';
import { ACCESS_TOKEN, callerOf } from './token.strategy.js';

/** Lets a caller through to an operation only when their role has its permission. Without a right it does not exist. */
@Injectable()
export class PermissionGuard extends AuthGuard(ACCESS_TOKEN) {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (isOpenToAll(context.getHandler())) return true;
    const endpoint = endpointOf(context.getHandler());
    // Cannot happen, since such a route keeps the app from starting; closed all the same.
    if (!endpoint) throw new DomainError('NOT_FOUND');
    if (endpoint.permission === 'public') return true;
    await super.canActivate(context);
    if (!mayDo(callerOf(context.switchToHttp().getRequest()).role, endpoint.permission))
      throw new DomainError('NOT_FOUND');
    return true;
  }

  override handleRequest<T>(error: unknown, caller: T | false): T {
    if (error || !caller) throw new DomainError('SIGN_IN_NEEDED');
    return caller;
  }
}
