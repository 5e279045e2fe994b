import { Module } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, DiscoveryModule } from '@nestjs/core';
import { PassportModule } from '@nestjs/passport';
import { AccessController } from './access.controller.js';
import { AccountList } from './account-list.js';
import { AccountRegister } from './account-register.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.js';
import { BeforeSession } from './before-session.js';
import { ClosedByDefault } from './closed-by-default.js';
import { FactorsController } from './factors.controller.js';
import { FirstCoordinators } from './first-coordinator.js';
import { HealthController } from './health.controller.js';
import { HandOvers } from './hand-over.js';
import { InstallationController } from './installation.controller.js';
import { InstallationService } from './installation.js';
import { LinkMail } from './link-mail.js';
import { OneTimeLinks } from './one-time-links.js';
import { OwnSecondFactors } from './own-factors.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import { Passkeys } from './passkeys.js';
import { PermissionGuard } from './permission.guard.js';
import { Profile } from './profile.js';
import { Proofs } from './proofs.js';
import { ProvingAnew } from './proving-anew.js';
import { Cookies } from './refresh-cookie.js';
import { SecondStepFunctions } from './second-step-functions.js';
import { ServingInterceptor } from './serving.interceptor.js';
import { Serving } from './serving.js';
import { Sessions } from './sessions.js';
import { Sweep } from './sweep.js';
import { AccessTokens, TokenStrategy } from './token.strategy.js';

/** Who may come in, and what everybody goes through: guard and interceptor of every route stand here. */
@Module({
  imports: [PassportModule, DiscoveryModule],
  controllers: [AccessController, AccountsController, FactorsController, InstallationController, HealthController],
  providers: [
    AccountList,
    AccountRegister,
    Accounts,
    BeforeSession,
    Cookies,
    FirstCoordinators,
    HandOvers,
    InstallationService,
    LinkMail,
    OneTimeLinks,
    OwnSecondFactors,
    PasskeyChallenges,
    Passkeys,
    Profile,
    Proofs,
    ProvingAnew,
    SecondStepFunctions,
    Serving,
    Sessions,
    Sweep,
    AccessTokens,
    TokenStrategy,
    ClosedByDefault,
    { provide: APP_GUARD, useClass: PermissionGuard },
    { provide: APP_INTERCEPTOR, useClass: ServingInterceptor },
  ],
  exports: [Accounts, Serving],
})
export class AccessModule {}
