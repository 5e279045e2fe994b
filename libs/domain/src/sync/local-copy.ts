import type { Me } from '../access/session.js';
import { codeListEndpoints } from '../codeLists/code-lists.endpoints.js';
import { directoryEndpoints } from '../directory/directory.endpoints.js';
import type { Endpoint, OutputOf } from '../endpoint/endpoint.js';
import type { Day, Instant } from '../fields/day.js';
import { mediatorEndpoints } from '../mediators/mediators.endpoints.js';
import { municipalityEndpoints } from '../municipalities/municipalities.endpoints.js';
import { noticeEndpoints } from '../notices/notices.endpoints.js';
import type { DraftView } from '../visits/draft.js';
import type { FamilyBundle, ReferencePart } from './copy.js';
import { syncEndpoints } from './sync.endpoints.js';

/** Any endpoint at all: what it takes stands in a position where its type may neither grow nor shrink. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any endpoint whatever it takes and gives
export type AnyOperation = Endpoint<any, any, any>;

/** What an operation is called with. */
export interface Given {
  readonly params?: Readonly<Record<string, string>> | undefined;
  readonly input?: object | undefined;
}

/**
 * What a mediator's phone holds of the office's knowledge. Never changed: whoever shows what an unsent command will do makes another
 * copy, so that what was worked out about a copy or a family stays true as long as they live.
 */
export interface HeldCopy {
  /** False while families are still being fetched: then the office answers what is asked about all of them. */
  readonly complete: boolean;
  readonly bundles: readonly FamilyBundle[];
  /** Answers to `referenceReads`, each under its `referenceKey`. */
  readonly reference: Readonly<Record<string, unknown>>;
  readonly me: Me;
  readonly drafts: readonly DraftView[];
  readonly today: Day;
  readonly now: Instant;
}

/** A plain GET whose answer a phone keeps. */
export interface ReferenceRead {
  readonly endpoint: AnyOperation;
  readonly given: Given;
  /** A list that is read page by page to its end and kept as one page; else the first page is kept as it came. */
  readonly whole: boolean;
}

/** What a phone reads again when that part of the reference has changed, and when a new year has begun. */
export function referenceReads(part: ReferencePart, today: Day): ReferenceRead[] {
  const year = Number(today.slice(0, 4));
  const whole = (endpoint: AnyOperation): ReferenceRead => ({ endpoint, given: {}, whole: true });
  const plain = (endpoint: AnyOperation, input: object): ReferenceRead => ({
    endpoint,
    given: { input },
    whole: false,
  });
  switch (part) {
    case 'directory':
      // Days are counted back to when a referral was sent and ahead to when it is due.
      return [
        whole(directoryEndpoints.institutions),
        ...[year - 1, year, year + 1].map((one) => plain(directoryEndpoints.workingYear, { year: one })),
      ];
    case 'codeLists':
      return [whole(codeListEndpoints.wordings)];
    case 'municipalities':
      return [whole(municipalityEndpoints.list)];
    case 'projects':
      return [whole(mediatorEndpoints.projects), whole(mediatorEndpoints.assignments)];
    case 'notices':
      return [plain(noticeEndpoints.list, newestNotices), plain(noticeEndpoints.list, unreadNotices)];
    case 'rescue':
      return [plain(syncEndpoints.rescueKey, {})];
  }
}

export const newestNotices = { limit: 100 };
export const unreadNotices = { unread: true, limit: 100 };

/** Where the answer to that question stands in `HeldCopy.reference`. */
export function referenceKey(endpoint: AnyOperation, given: Given = {}): string {
  const asked = Object.entries(given.input ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${operationOf(endpoint)} ${JSON.stringify(Object.fromEntries(asked))}`;
}

/** Method and path: what a command is called by. */
export function operationOf({ method, path }: Pick<AnyOperation, 'method' | 'path'>): string {
  return `${method} ${path as string}`;
}

/** The kept answer to a plain GET; undefined when the phone has not read it yet. */
export function keptAnswer<E extends AnyOperation>(
  copy: Pick<HeldCopy, 'reference'>,
  endpoint: E,
  input: object = {},
): OutputOf<E> | undefined {
  return copy.reference[referenceKey(endpoint, { input })] as OutputOf<E> | undefined;
}
