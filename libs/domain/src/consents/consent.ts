import { choices, type ChoiceOf } from '../fields/choices.js';
import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, DateOnly, Moment, Reference, Text, YesNo } from '../fields/fields.js';
import { dayOf } from '../fields/day.js';
import { institutionKinds, type InstitutionKind } from '../directory/institution.js';
import { needAreas, type NeedArea } from '../directory/need-area.js';

/** `record`: Tilts may keep what concerns the family. `share`: one purpose may be told to one kind of recipient. */
export const consentKinds = choices('consents.kind', ['record', 'share']);
export type ConsentKind = ChoiceOf<typeof consentKinds>;
/** Who said yes: the person, or for a child the guardian. */
export const consentGivers = choices('consents.giver', ['person', 'guardian']);
/** Wordings of the notice that is read aloud; the text stands at `consents.notice.<version>`. Old wordings stay: they were read. */
export const noticeVersions = choices('consents.noticeVersion', ['2017-10', '2026-11']);
export const currentNoticeVersion = '2026-11';

function notYet(givenOn: string): FieldProblem[] {
  return givenOn > dayOf(new Date()) ? [{ field: 'givenOn', code: 'inTheFuture' }] : [];
}

/** The yes of a family to being recorded, taken when it is registered. GDPR Art. 9(2)(a): explicit, so both are required. */
export class RecordConsent implements Ruled {
  @Reference()
  id: string;

  @DateOnly()
  givenOn: string;

  @Choice(noticeVersions)
  noticeVersion: string;

  /** The notice was read aloud in a language they understand. */
  @YesNo()
  noticeRead: boolean;

  @YesNo()
  spokenYes: boolean;

  @Choice(consentGivers)
  giver: ChoiceOf<typeof consentGivers>;

  rules(): FieldProblem[] {
    const missing = (['noticeRead', 'spokenYes'] as const)
      .filter((field) => !this[field])
      .map((field): FieldProblem => ({ field, code: 'required' }));
    return [...missing, ...notYet(this.givenOn)];
  }
}

/** A consent, or with `withdraws` the withdrawal of one. Facts: never changed, a withdrawal is a row of its own. */
export class NewConsent extends RecordConsent {
  @Reference()
  familyId: string;

  /** Null: the family as a whole. */
  @Reference({ optional: true })
  personId?: string | null;

  @Choice(consentKinds)
  kind: ConsentKind;

  /** To share: what for. */
  @Choice(needAreas, { optional: true })
  purpose?: NeedArea | null;

  /** To share: with what kind of institution. */
  @Choice(institutionKinds, { optional: true })
  recipientKind?: InstitutionKind | null;

  /** The adult who spoke for a child. */
  @Reference({ optional: true })
  guardianId?: string | null;

  /** The consent that ends with this row. */
  @Reference({ optional: true })
  withdraws?: string | null;

  override rules(): FieldProblem[] {
    if (this.withdraws) return notYet(this.givenOn);
    const problems = super.rules();
    // Being recorded is agreed by the family as a whole; a yes of one person would promise what nothing keeps.
    if (this.kind === 'record' && this.personId) problems.push({ field: 'personId', code: 'mismatch' });
    if (this.kind === 'share') {
      for (const field of ['purpose', 'recipientKind'] as const)
        if (!this[field]) problems.push({ field, code: 'required' });
    }
    if (this.giver === 'guardian' && this.personId && !this.guardianId)
      problems.push({ field: 'guardianId', code: 'required' });
    return problems;
  }
}

export class ConsentView {
  @Reference()
  id: string;

  @Reference()
  familyId: string;

  @Reference({ optional: true })
  personId: string | null;

  @Choice(consentKinds)
  kind: ConsentKind;

  @Choice(needAreas, { optional: true })
  purpose: NeedArea | null;

  @Choice(institutionKinds, { optional: true })
  recipientKind: InstitutionKind | null;

  @Choice(consentGivers)
  giver: ChoiceOf<typeof consentGivers>;

  @Reference({ optional: true })
  guardianId: string | null;

  @DateOnly()
  givenOn: string;

  @Choice(noticeVersions)
  noticeVersion: string;

  @Text({ max: 120 })
  recordedBy: string;

  @Moment()
  recordedAt: string;

  /** Null while it holds. */
  @DateOnly({ optional: true })
  withdrawnOn: string | null;
}

export class ConsentFilter {
  @Reference()
  familyId: string;
}

type Held = Pick<ConsentView, 'kind' | 'purpose' | 'recipientKind' | 'personId' | 'withdrawnOn' | 'givenOn'>;

/** The consent that lets this purpose travel to this kind of recipient today, for this person or for the whole family. */
export function shareConsentFor<C extends Held>(
  consents: readonly C[],
  personId: string,
  purpose: NeedArea,
  recipientKind: InstitutionKind,
): C | undefined {
  return consents.find(
    (c) =>
      c.kind === 'share' &&
      !c.withdrawnOn &&
      c.purpose === purpose &&
      c.recipientKind === recipientKind &&
      (c.personId === null || c.personId === personId),
  );
}

/** The yes to being recorded that holds, if any. */
export function recordConsentOf<C extends Held>(consents: readonly C[]): C | undefined {
  return consents.find((c) => c.kind === 'record' && c.personId === null && !c.withdrawnOn);
}
