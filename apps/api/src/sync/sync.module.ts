import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AccessModule } from '../access/access.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { OutcomesModule } from '../outcomes/outcomes.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { ReferralsModule } from '../referrals/referrals.module.js';
import { VisitsModule } from '../visits/visits.module.js';
import { Bundles } from './bundles.js';
import { ChangesSince } from './changes.js';
import { Commands } from './commands.js';
import { Devices } from './devices.js';
import { OneCommand } from './one-command.js';
import { QueuedOperations } from './queued-operations.js';
import { ReceiptSweep } from './receipt-sweep.js';
import { Receipts } from './receipts.js';
import { RescueFiles } from './rescue-files.js';
import { RescueKeys } from './rescue-keys.js';
import { RescueController } from './rescue.controller.js';
import { RescuedWorks } from './rescued-works.js';
import { SyncController } from './sync.controller.js';

@Module({
  imports: [
    DiscoveryModule,
    AccessModule,
    FamiliesModule,
    PersonsModule,
    ConsentsModule,
    OutcomesModule,
    VisitsModule,
    ReferralsModule,
  ],
  controllers: [SyncController, RescueController],
  providers: [
    Bundles,
    ChangesSince,
    Commands,
    Devices,
    OneCommand,
    QueuedOperations,
    ReceiptSweep,
    Receipts,
    RescueFiles,
    RescueKeys,
    RescuedWorks,
  ],
})
export class SyncModule {}
