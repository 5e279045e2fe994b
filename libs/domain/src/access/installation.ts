import { choices, type ChoiceOf } from '../fields/choices.js';
import { Choices, Email, Moment, Parts, RawText, Text, YesNo } from '../fields/fields.js';
import { LinkToken } from './one-time-link.js';

/** What an installation needs before the first family can be registered. */
export const setUpSteps = choices('access.setUpStep', ['municipality', 'institution', 'project', 'mediator']);
export type SetUpStep = ChoiceOf<typeof setUpSteps>;

/** The first coordinator of a new installation, who came by the one-time link that the first start printed. */
export class FirstCoordinator extends LinkToken {
  @Text({ max: 120 })
  name: string;

  @Email()
  email: string;

  /** Twelve characters at least; length is the only rule (ASVS 6.2). */
  @RawText({ min: 12, max: 200 })
  password: string;

  /** Who answers for the data (GDPR Art. 4(7)). Asked for unless the surroundings (CONTROLLER_NAME) name it. */
  @Text({ max: 200, optional: true })
  controllerName?: string | null;
}

/** What whoever holds the link of the first start is told. */
export class FirstCoordinatorView {
  /** Named by the surroundings, and then not asked for. */
  @Text({ max: 200, optional: true })
  controllerName: string | null;
}

/** The data controller, named in the notice that is read aloud to each family. */
export class ControllerName {
  @Text({ max: 200 })
  name: string;
}

/** From when on the data controller was called so: what was read aloud on a day must stay known. */
export class ControllerNamed extends ControllerName {
  @Moment()
  since: string;
}

/** This installation, as the coordinator sets it up. */
export class InstallationView {
  @Text({ max: 200, optional: true })
  controllerName: string | null;

  /** CONTROLLER_NAME names it: whoever administers the server changes it there. */
  @YesNo()
  controllerNamedByServer: boolean;

  /** Newest first. */
  @Parts(() => ControllerNamed)
  controllerNames: ControllerNamed[];

  /** When the set-up was done or put aside; null: still to be offered. */
  @Moment({ optional: true })
  setUpAt: string | null;

  /** Steps that nothing was entered for yet, in their order. */
  @Choices(setUpSteps)
  missing: SetUpStep[];

  /** Whether links can be mailed (SMTP_URL). */
  @YesNo()
  canMail: boolean;
}
