import { Controller } from '@nestjs/common';
import { draftEndpoints, unrecordedHelpEndpoints, visitEndpoints } from '@tilts/domain';
import type {
  DraftDetails,
  DraftView,
  NewUnrecordedHelp,
  NewVisit,
  OwnMonth,
  Page,
  UnrecordedHelpView,
  VisitCorrection,
  VisitFilter,
  VisitView,
} from '@tilts/domain';
import { Serves, ServesTogether } from '../platform/serves.decorator.js';
import { DraftService } from './draft.service.js';
import { UnrecordedHelpService } from './unrecorded-help.service.js';
import { VisitReader } from './visit-reader.js';
import { VisitService } from './visit.service.js';

interface Of {
  params: { id: string };
}

@Controller()
export class VisitsController {
  constructor(
    private readonly reader: VisitReader,
    private readonly visits: VisitService,
    private readonly drafts: DraftService,
    private readonly unrecorded: UnrecordedHelpService,
  ) {}

  @Serves(visitEndpoints.list)
  list({ input }: { input: VisitFilter }): Promise<Page<VisitView>> {
    return this.reader.list(input);
  }

  @Serves(visitEndpoints.create)
  log({ input }: { input: NewVisit }): Promise<VisitView> {
    return this.visits.log(input);
  }

  @ServesTogether(visitEndpoints.create)
  logAll(calls: readonly { input: NewVisit }[]): Promise<VisitView[]> {
    return this.visits.logAll(calls.map(({ input }) => input));
  }

  @Serves(visitEndpoints.read)
  read({ params }: Of): Promise<VisitView> {
    return this.reader.read(params.id);
  }

  @Serves(visitEndpoints.correct)
  correct({ input, params }: Of & { input: VisitCorrection }): Promise<VisitView> {
    return this.visits.correct(params.id, input);
  }

  @Serves(visitEndpoints.finishNextStep)
  finishNextStep({ params }: Of): Promise<void> {
    return this.visits.finishNextStep(params.id);
  }

  @Serves(visitEndpoints.ownMonths)
  ownMonths(): Promise<Page<OwnMonth>> {
    return this.reader.ownMonths();
  }

  @Serves(draftEndpoints.list)
  listDrafts(): Promise<Page<DraftView>> {
    return this.drafts.list();
  }

  @Serves(draftEndpoints.read)
  readDraft({ params }: Of): Promise<DraftView> {
    return this.drafts.read(params.id);
  }

  @Serves(draftEndpoints.save)
  saveDraft({ input, params }: Of & { input: DraftDetails }): Promise<DraftView> {
    return this.drafts.save(params.id, input);
  }

  @Serves(draftEndpoints.discard)
  discardDraft({ params }: Of): Promise<void> {
    return this.drafts.discard(params.id);
  }

  @Serves(unrecordedHelpEndpoints.create)
  countUnrecorded({ input }: { input: NewUnrecordedHelp }): Promise<UnrecordedHelpView> {
    return this.unrecorded.count(input);
  }
}
