import { dayOf, timeOf, type Instant } from '../fields/day.js';
import { Count, DateOnly, Moment, Part, Parts, RawText, Reference, References, Text } from '../fields/fields.js';
import { DraftView } from '../visits/draft.js';
import { Command } from './command.js';
import type { Entries, OutboxEntry } from './outbox-entry.js';
import { unsettled } from './outbox-entry.js';
import { withHeld } from './outbox.js';

/** How a rescue file looks inside. */
export const rescueFormat = 1;

/** Of one file: what a phone holds after months without a network. Characters are of the commands' contents. */
export const rescueLimits = { things: 5_000, characters: 2_500_000 };

/** Bytes: a quotation mark of JSON in JSON in JSON takes four. */
export const rescueFileLimit = 12_000_000;

/** What a phone keeps, so that it can make a rescue file when nothing else works any more; and what came back by one. */
export class RescueKey {
  /** Only this installation opens what is encrypted for it: `age1…`. It is no secret. */
  @Text({ max: 100 })
  recipient: string;

  /** A secret of this account and the office, in base64url: that a file was made on a phone of theirs, and not by somebody in their name. */
  @Text({ max: 60 })
  proof: string;

  /** Things from rescue files that wait at the office for a phone of this account. */
  @Count()
  waiting: number;
}

/** One thing that the office has not got, as it stood on the phone. */
export class RescuedThing {
  @Part(() => Command)
  command: Command;

  @Text({ max: 20 })
  state: OutboxEntry['state'];

  /** Why the office refused it. */
  @Text({ max: 60, optional: true })
  code: string | null;
}

/** What one phone had and could not send. */
export class RescueContents {
  @Count({ min: 1 })
  format: number;

  @Reference()
  accountId: string;

  @Reference()
  deviceId: string;

  /** Of the office that the phone worked with; none, when they never spoke. */
  @Reference({ optional: true })
  generation: string | null;

  /** The highest number that the phone has given. */
  @Count()
  numbered: number;

  /** By the clock of the phone: a claim. */
  @Moment()
  madeAt: string;

  /** In their order. */
  @Parts(() => RescuedThing, { max: rescueLimits.things })
  things: RescuedThing[];

  @Parts(() => DraftView)
  drafts: DraftView[];
}

/** What is encrypted: the contents, letter by letter, and what proves whose phone wrote them. */
export class RescueEnvelope {
  @Count({ min: 1 })
  format: number;

  /** JSON of `RescueContents`. */
  @RawText({ max: rescueFileLimit })
  contents: string;

  /** HMAC-SHA-256 over `contents` with the phone's `proof`, in base64url. */
  @Text({ max: 60 })
  proof: string;
}

export class RescueUpload {
  /** The file in base64. */
  @RawText({ max: Math.ceil(rescueFileLimit / 3) * 4 })
  file: string;
}

/** What waits for a phone of somebody: how much, of which days, and not a word of what. */
export class RescueStanding {
  @Count()
  things: number;

  @Count()
  drafts: number;

  @DateOnly({ optional: true })
  from: string | null;

  @DateOnly({ optional: true })
  to: string | null;

  @Moment({ optional: true })
  loadedAt: string | null;
}

/** What a file brought. */
export class RescueLoaded {
  @Moment()
  madeAt: string;

  /** In the file. */
  @Count()
  things: number;

  @Count()
  drafts: number;

  /** Of the things: the office had them before. */
  @Count()
  atOffice: number;

  /** Things and drafts that wait since now; the others waited already. */
  @Count()
  added: number;
}

/** Some of what came by rescue files, for a phone of the account whose phone had made them. */
export class RescuedPart {
  /** By which the office knows what the phone has taken over. */
  @References()
  ids: string[];

  /** In their order; the numbers are those of the other phone. */
  @Parts(() => Command)
  commands: Command[];

  @Parts(() => DraftView)
  drafts: DraftView[];
}

export class RescueTaken {
  @References()
  ids: string[];
}

/** `left`: so much did not fit; the rest of a very long time without a network. */
export interface MadeContents {
  contents: RescueContents;
  left: number;
}

/** Word for word what is unsettled, from its beginning on, since later things build on earlier ones. */
export function rescueContents(
  entries: Entries,
  phone: Pick<RescueContents, 'accountId' | 'deviceId' | 'generation' | 'numbered' | 'drafts'>,
  madeAt: Instant,
): MadeContents {
  const open = unsettled(entries);
  const things: RescuedThing[] = [];
  let characters = 0;
  for (const { command, state, result } of open) {
    characters += command.content.length + (command.base?.length ?? 0);
    if (things.length === rescueLimits.things || characters > rescueLimits.characters) break;
    const code = state === 'refused' || state === 'conflict' ? (result?.code ?? null) : null;
    things.push({ command, state, code });
  }
  return { contents: { format: rescueFormat, ...phone, madeAt, things }, left: open.length - things.length };
}

/** Tells nothing of anybody, wherever it lies. */
export function rescueFileName(madeAt: Instant): string {
  return `tilts-${dayOf(madeAt)}-${timeOf(madeAt).replace(':', '')}.tilts`;
}

/**
 * Takes over what another phone of this account wrote: with new numbers, and otherwise as it was written there, so that the office knows
 * by its id what it has applied before. What is here already stays as it is. `seq`: the next number to be given.
 */
export function withRescued(entries: Entries, commands: readonly Command[], seq: number): OutboxEntry[] {
  const known = new Set(entries.map(({ command }) => command.id));
  const fresh = commands.filter(({ id }) => !known.has(id) && known.add(id));
  const rescued = fresh.map((command, i): OutboxEntry => {
    const number = seq + i;
    return {
      ...{ command: { ...command, seq: number }, state: 'waiting', place: number },
      ...{ result: null, tries: 0, replaces: [] },
    };
  });
  return withHeld([...entries, ...rescued]);
}
