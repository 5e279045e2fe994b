import { expect, type Locator, type Page } from '@playwright/test';
import type { NeedArea, ReferralMove } from '@tilts/domain';
import { begins, text } from '../texts.js';
import { chip } from './registration.js';

/** What a card says: label → value, beside need and request. */
export type Card = Record<string, string>;

/** Writing a referral and reading it, on either side. */
export class ReferralPage {
  constructor(private readonly page: Page) {}

  /** For whom, about what, to the first institution offered, with which words. */
  async compose(who: string, need: NeedArea, request: string): Promise<void> {
    await chip(this.page, text('referrals.editor.who'), who).check();
    await this.need(need).check();
    await this.page
      .getByRole('radio', { name: /./ })
      .and(this.page.locator('app-service-chooser input'))
      .first()
      .check();
    await this.page.getByLabel(begins(text('referrals.editor.request'))).fill(request);
  }

  need(need: NeedArea): Locator {
    return chip(this.page, text('referrals.editor.need'), text(`directory.needArea.${need}`));
  }

  /** The switch beside one line of the card that may be left out. */
  travels(field: 'lastName' | 'birthDate' | 'phone' | 'address' | 'language' | 'household'): Locator {
    return this.page.getByRole('switch', { name: text(`referrals.travelField.${field}`) });
  }

  /** The yes to telling it, taken on the spot. */
  async recordConsent(): Promise<void> {
    await this.page.getByRole('checkbox', { name: text('consents.share.read') }).check();
    await this.page.getByRole('checkbox', { name: text('consents.share.yes') }).check();
    await this.page.getByRole('button', { name: text('consents.share.record') }).click();
    await expect(this.page.getByText(text('referrals.editor.agreedText'))).toBeVisible();
  }

  /** Sends; answers the id of the referral. */
  async send(): Promise<string> {
    await this.page.getByRole('button', { name: begins(text('referrals.editor.send')) }).click();
    await this.page.waitForURL(/\/referrals\/[0-9a-f-]{36}/);
    await this.isIn('sent');
    const [, id = ''] = /referrals\/([0-9a-f-]{36})/.exec(this.page.url()) ?? [];
    return id;
  }

  /** The lines of the card, without what is not sent. */
  async card(): Promise<Card> {
    const card = this.page.locator('app-referral-card');
    await expect(card).toBeVisible();
    const lines = await card
      .locator('dl > div')
      .evaluateAll((all) =>
        all.map((one) => [
          one.querySelector('dt')?.textContent?.trim() ?? '',
          one.querySelector('dd')?.textContent?.trim() ?? '',
        ]),
      );
    const sent = lines.filter(([, value]) => value !== text('referrals.card.notSent'));
    const words = await card.locator('p').allInnerTexts();
    return {
      ...Object.fromEntries(
        sent.filter(([label]) => label !== text('referrals.page.ground') && label !== text('referrals.page.reference')),
      ),
      words: words.join('\n'),
    };
  }

  move(move: ReferralMove): Locator {
    return this.page.getByRole('button', { name: text(`referrals.move.${move}`), exact: true });
  }

  /** Makes a move that needs words. */
  async say(move: ReferralMove, words: string): Promise<void> {
    await this.move(move).click();
    const form = this.page.getByRole('form', { name: text(`referrals.move.${move}`) });
    await form.getByRole('textbox').fill(words);
    await form.getByRole('button', { name: text(`referrals.reply.do.${move}`), exact: true }).click();
    await expect(form).toBeHidden();
  }

  /** The word that says how far it is. */
  async isIn(
    status: 'sent' | 'received' | 'moreInfoNeeded' | 'accepted' | 'inProgress' | 'completed' | 'declined',
  ): Promise<void> {
    await expect(this.page.locator('app-referral-status-tag').first()).toHaveText(text(`referrals.status.${status}`));
  }

  get thread(): Locator {
    return this.page.locator('app-referral-thread');
  }
}
