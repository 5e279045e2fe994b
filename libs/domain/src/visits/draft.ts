import { choices } from '../fields/choices.js';
import { Choice, Moment, RawText, Reference } from '../fields/fields.js';

export const draftKinds = choices('visits.draftKind', ['visit', 'referral']);

/** What was typed so far, exactly; sealed on the server, for its author only. */
export class DraftDetails {
  @Choice(draftKinds)
  kind: 'visit' | 'referral';

  /** The family it is about, when chosen. */
  @Reference({ optional: true })
  familyId?: string | null;

  /** JSON text of the form. */
  @RawText({ max: 20_000 })
  content: string;
}

export class DraftView extends DraftDetails {
  @Reference()
  id: string;

  @Moment()
  savedAt: string;
}
