import { aConsentToShare, aFamily, anOutcome, aPerson, aReferral, aVisit, unrecordedHelp } from '@tilts/testing';
import fc from 'fast-check';
import {
  allEndpoints,
  answerOf,
  consentEndpoints,
  draftEndpoints,
  endpoint,
  familyEndpoints,
  newestNotices,
  newId,
  noticeEndpoints,
  operationOf,
  outcomeEndpoints,
  outputOf,
  overlay,
  personEndpoints,
  phoneEffects,
  referralEndpoints,
  registrationEndpoints,
  unrecordedHelpEndpoints,
  visitEndpoints,
  type AnyOperation,
  type Given,
  type HeldCopy,
} from '../index.js';
import * as held from './testing/held-copy.js';
import { commandsOf, today } from './testing/held-copy.js';
import {
  anna,
  child,
  copy,
  correction,
  draft,
  family,
  familyChange,
  notice,
  ofFamily,
  outcome,
  personChange,
  questioned,
  share,
  to,
  visit,
} from './testing/one-family.js';

function withoutEffect(endpoints: readonly AnyOperation[]): string[] {
  return endpoints
    .filter(({ queued }) => queued)
    .map(operationOf)
    .filter((operation) => !phoneEffects.has(operation));
}

describe('Every queued operation', () => {
  it('is shown before the office has it', () => {
    expect(withoutEffect(allEndpoints)).toEqual([]);
    const planted = endpoint({
      method: 'POST',
      path: '/planted',
      permission: 'visit:write',
      summary: '',
      output: null,
      queued: true,
    });
    expect(withoutEffect([...allEndpoints, planted])).toEqual(['POST /planted']);
    const queued = allEndpoints.filter((one) => one.queued).map(operationOf);
    expect([...phoneEffects.keys()].sort()).toEqual(queued.sort());
  });
});

/** One of each, as a day of work leaves them. */
const register = aFamily({ municipalityId: held.jelgava.id });
const day: Parameters<typeof commandsOf> = [
  [registrationEndpoints.register, { input: register }],
  [visitEndpoints.create, { input: aVisit(register, { day: today }) }],
  [visitEndpoints.create, { input: aVisit(family, { day: today }) }],
  [visitEndpoints.finishNextStep, to(visit)],
  [visitEndpoints.correct, to(visit, correction({ minutes: 50 })), visit],
  [familyEndpoints.change, to(family, familyChange({ name: 'Liepu ģimene' })), family],
  [personEndpoints.create, { input: aPerson({ familyId: family.id }) }],
  [personEndpoints.change, to(child, personChange({ firstName: 'Jānis' })), child],
  [consentEndpoints.create, { input: aConsentToShare(family) }],
  [consentEndpoints.create, { input: aConsentToShare(family, { withdraws: share.id }) }],
  [outcomeEndpoints.create, { input: anOutcome(family, { day: today }) }],
  [outcomeEndpoints.create, { input: anOutcome(family, { day: today, voids: outcome.id }) }],
  [unrecordedHelpEndpoints.create, { input: unrecordedHelp({ municipalityId: held.jelgava.id }) }],
  [referralEndpoints.move, to(draft, { move: 'send' })],
  [referralEndpoints.write, to(draft, { id: newId(), text: 'Labdien!' })],
  [referralEndpoints.create, { input: aReferral({ ...family, persons: [anna] }, { institutionId: held.office.id }) }],
  [noticeEndpoints.markRead, to(notice)],
];

describe('What was done', () => {
  const commands = commandsOf(...day);
  const contentsOf = ({ bundles, drafts, reference: kept }: HeldCopy) => JSON.stringify({ bundles, drafts, kept });

  it('is all of it here once', () =>
    expect(new Set(commands.map(({ operation }) => operation)).size).toBe(phoneEffects.size));

  it('is laid over what was laid before, with the same outcome as anew', () => {
    const growing = { ...copy };
    for (let count = 0; count <= commands.length; count += 1)
      expect(contentsOf(overlay(growing, commands.slice(0, count)))).toBe(
        contentsOf(overlay({ ...copy }, commands.slice(0, count))),
      );
    const last = overlay(growing, commands);
    expect(overlay(growing, [...commands])).toBe(last);
    expect(contentsOf(overlay(growing, commands.slice(3)))).toBe(contentsOf(overlay({ ...copy }, commands.slice(3))));
  });

  it('changes nothing twice when the office had it before its answer came', () => {
    const office = overlay(copy, commands);
    expect(contentsOf(overlay(office, commands))).toBe(contentsOf(office));
  });

  const questions: [AnyOperation, Given][] = [
    ...[familyEndpoints, personEndpoints, outcomeEndpoints, visitEndpoints, referralEndpoints, draftEndpoints].map(
      ({ list }): [AnyOperation, Given] => [list, {}],
    ),
    ...[personEndpoints, outcomeEndpoints, visitEndpoints, referralEndpoints, consentEndpoints].map(
      ({ list }): [AnyOperation, Given] => [list, ofFamily],
    ),
    [visitEndpoints.list, { input: { nextStepOpen: true } }],
    [visitEndpoints.ownMonths, {}],
    [noticeEndpoints.list, { input: newestNotices }],
    [referralEndpoints.messages, to(questioned)],
  ];

  /** One value of it, however deep, replaced by another. */
  const spoilt = (content: string, at: number, value: unknown): string => {
    const places = content.match(/"(?:[^"\\]|\\.)*"(?!:)|true|false|null|\d+|\[\]/g) ?? [];
    const place = places[at % places.length] ?? '';
    return content.replace(place, () => JSON.stringify(value));
  };

  it('never breaks a page, whatever stands in it', () => {
    const odd = fc.constantFrom(...commands).chain((from) =>
      fc.record({
        from: fc.constant(from),
        content: fc.oneof(
          fc.json(),
          fc.record({ params: fc.anything(), input: fc.anything() }).map((content) => JSON.stringify(content) ?? ''),
          // What was written, with something in it missing or of another kind.
          fc.record({ at: fc.nat(), value: fc.jsonValue() }).map(({ at, value }) => spoilt(from.content, at, value)),
        ),
        base: fc.option(fc.json()),
        madeAt: fc.constantFrom(held.now, '', 'yesterday'),
      }),
    );
    fc.assert(
      fc.property(odd, ({ from, ...rest }) => {
        const after = overlay(copy, [{ ...from, ...rest, id: newId() }]);
        for (const [operation, given] of questions) answerOf(operation, given, after);
        expect(after.bundles.length).toBeGreaterThanOrEqual(copy.bundles.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('by an operation of another build is left to the office', () => {
    expect(overlay(copy, [{ ...(commands[0] as (typeof commands)[number]), operation: 'POST /later' }])).toBe(copy);
    expect(outputOf(familyEndpoints.list, {}, copy)).toBeUndefined();
  });
});
