import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessController } from './access.controller.js';
import { Accounts } from './accounts.js';
import { BeforeSession } from './before-session.js';
import { ClosedByDefault } from './closed-by-default.js';
import { FirstCoordinators } from './first-coordinator.js';
import { HealthController } from './health.controller.js';
import { PermissionGuard } from './permission.guard.js';
import { Profile } from './profile.js';
import { Cookies } from './refresh-cookie.js';
import { ServingInterceptor } from './serving.interceptor.js';
import { Sessions } from './sessions.js';
import { AccessTokens, TokenStrategy } from './token.strategy.js';

/** Who may come in, and what everybody goes through: guard and interceptor of every route stand here. */
@Module({
  imports: [PassportModule, DiscoveryModule],
  controllers: [AccessController, HealthController],
  providers: [
    Accounts,
    BeforeSession,
    Cookies,
    FirstCoordinators,
    Profile,
    Sessions,
    AccessTokens,
    TokenStrategy,
    ClosedByDefault,
    { provide: APP_GUARD, useClass: PermissionGuard },
    { provide: APP_INTERCEPTOR, useClass: ServingInterceptor },
  ],
  exports: [Accounts],
})
export class AccessModule {}
