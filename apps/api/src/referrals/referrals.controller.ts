import { Controller } from '@nestjs/common';
import { referralEndpoints } from '@tilts/domain';
import type {
  MessageView,
  NewMessage,
  NewReferral,
  Page,
  Paging,
  ReferralFilter,
  ReferralSent,
  ReferralStep,
} from '@tilts/domain';
import { Serves } from '../platform/serves.decorator.js';
import { ReferralMessages } from './referral-messages.js';
import { ReferralReader } from './referral-reader.js';
import { ReferralService } from './referral.service.js';

interface Of {
  params: { id: string };
}

@Controller()
export class ReferralsController {
  constructor(
    private readonly reader: ReferralReader,
    private readonly referrals: ReferralService,
    private readonly thread: ReferralMessages,
  ) {}

  @Serves(referralEndpoints.list)
  list({ input }: { input: ReferralFilter }): Promise<Page<ReferralSent>> {
    return this.reader.list(input);
  }

  @Serves(referralEndpoints.create)
  write({ input }: { input: NewReferral }): Promise<ReferralSent> {
    return this.referrals.write(input);
  }

  @Serves(referralEndpoints.read)
  open({ params }: Of): Promise<ReferralSent> {
    return this.referrals.open(params.id);
  }

  @Serves(referralEndpoints.move)
  move({ input, params }: Of & { input: ReferralStep }): Promise<ReferralSent> {
    return this.referrals.move(params.id, input);
  }

  @Serves(referralEndpoints.messages)
  messages({ input, params }: Of & { input: Paging }): Promise<Page<MessageView>> {
    return this.thread.list(params.id, input);
  }

  @Serves(referralEndpoints.write)
  writeMessage({ input, params }: Of & { input: NewMessage }): Promise<MessageView> {
    return this.thread.write(params.id, input);
  }
}
