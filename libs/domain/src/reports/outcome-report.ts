import type { FieldProblem, Ruled } from '../fields/check.js';
import { Choice, Count, MonthOnly, Part, Parts, Reference, Text } from '../fields/fields.js';
import { monthsFromTo } from '../fields/day.js';
import { needAreas, type NeedArea } from '../directory/need-area.js';
import { outcomeTypes, type OutcomeType } from '../outcomes/outcome.js';
import { assistanceKinds, visitChannels, type AssistanceKind, type VisitChannel } from '../visits/visit.js';

/** Whole months, both included, and one project. */
export class ReportFilter implements Ruled {
  @MonthOnly()
  from: string;

  @MonthOnly()
  to: string;

  @Reference()
  project: string;

  rules(): FieldProblem[] {
    if (this.to < this.from) return [{ field: 'to', code: 'beforeTheOther' }];
    return monthsFromTo(this.from, this.to).length > 60 ? [{ field: 'to', code: 'tooLarge', params: { max: 60 } }] : [];
  }
}

/** The figures of one row. Null is a hidden figure, never a zero: too few families or persons, or needed to hide another. */
export class ReachFigures {
  @Count({ optional: true })
  familiesReached: number | null;

  @Count({ optional: true })
  personsAssisted: number | null;

  @Count({ optional: true })
  visits: number | null;

  @Count({ optional: true })
  minutes: number | null;
}

export class ReportTotals extends ReachFigures {
  @Count()
  mediators: number;

  @Count({ optional: true })
  helpedWithoutRecord: number | null;
}

export class MunicipalityFigures extends ReachFigures {
  @Reference()
  municipalityId: string;

  /** Name and code valid at the end of the period. */
  @Text({ max: 120 })
  name: string;

  @Text({ max: 7 })
  atvk: string;

  @Count()
  mediators: number;
}

export class NeedFigures {
  @Choice(needAreas)
  needArea: NeedArea;

  @Count({ optional: true })
  familiesReached: number | null;

  @Count({ optional: true })
  personsAssisted: number | null;
}

export class HelpFigures extends NeedFigures {
  @Choice(assistanceKinds)
  kind: AssistanceKind;
}

export class MonthFigures extends ReachFigures {
  @MonthOnly()
  month: string;
}

export class ChannelFigures extends ReachFigures {
  @Choice(visitChannels)
  channel: VisitChannel;
}

export class OutcomeFigures {
  @Choice(outcomeTypes)
  type: OutcomeType;

  /** Distinct families with it. */
  @Count({ optional: true })
  families: number | null;

  @Count({ optional: true })
  count: number | null;
}

/** How far the referrals sent in the period came: each is accepted, declined, withdrawn or unanswered; completed ones were accepted. */
export class ReferralFunnel {
  @Count({ optional: true })
  sent: number | null;

  @Count({ optional: true })
  received: number | null;

  @Count({ optional: true })
  accepted: number | null;

  @Count({ optional: true })
  completed: number | null;

  @Count({ optional: true })
  declined: number | null;

  @Count({ optional: true })
  withdrawn: number | null;

  @Count({ optional: true })
  unanswered: number | null;

  /** Median working days from sending to the first answer. */
  @Count({ optional: true })
  medianDaysToAnswer: number | null;
}

/** How far the figures can be trusted. */
export class DataTrust {
  /** Visits entered more than seven days after they happened, in percent of all. */
  @Count({ max: 100, optional: true })
  enteredLatePercent: number | null;

  /** Tries of mediators in which nobody was met; they count nowhere else. */
  @Count({ optional: true })
  visitsNotReached: number | null;
}

export class OutcomeReport {
  @Reference()
  projectId: string;

  @MonthOnly()
  from: string;

  @MonthOnly()
  to: string;

  /** Figures from 1 to below this are hidden. */
  @Count({ min: 3 })
  threshold: number;

  @Part(() => ReportTotals)
  totals: ReportTotals;

  @Parts(() => MunicipalityFigures)
  municipalities: MunicipalityFigures[];

  @Parts(() => NeedFigures)
  needs: NeedFigures[];

  @Parts(() => HelpFigures)
  help: HelpFigures[];

  @Parts(() => MonthFigures)
  months: MonthFigures[];

  @Parts(() => ChannelFigures)
  channels: ChannelFigures[];

  @Parts(() => OutcomeFigures)
  outcomes: OutcomeFigures[];

  @Part(() => ReferralFunnel)
  referrals: ReferralFunnel;

  @Part(() => DataTrust)
  trust: DataTrust;

  /** The moment at which it was counted. */
  @Text({ max: 40 })
  countedAt: string;
}
