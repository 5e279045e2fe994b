import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { FamiliesModule } from '../families/families.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { PersonsModule } from '../persons/persons.module.js';
import { ReferralMessages } from './referral-messages.js';
import { ReferralMoves } from './referral-moves.js';
import { ReferralReader } from './referral-reader.js';
import { ReferralWords } from './referral-words.js';
import { ReferralService } from './referral.service.js';
import { ReferralsController } from './referrals.controller.js';

@Module({
  imports: [AccessModule, DirectoryModule, FamiliesModule, PersonsModule, ConsentsModule, NoticesModule],
  controllers: [ReferralsController],
  providers: [ReferralReader, ReferralService, ReferralMoves, ReferralMessages, ReferralWords],
  exports: [ReferralMessages, ReferralReader],
})
export class ReferralsModule {}
