import { anAssistance, aVisit, unrecordedHelp } from '@tilts/testing';
import {
  answerOf,
  draftEndpoints,
  familyEndpoints,
  newId,
  outcomeEndpoints,
  outputOf,
  overlay,
  unrecordedHelpEndpoints,
  visitEndpoints,
} from '../index.js';
import * as held from './testing/held-copy.js';
import { commandsOf, today } from './testing/held-copy.js';
import { anna, child, copy, correction, done, family, ofFamily, to, visit, outcome } from './testing/one-family.js';

describe('A visit', () => {
  const said = aVisit(family, {
    day: '2026-11-20',
    metPersonIds: [anna.id, child.id].sort().reverse(),
    assistance: [anAssistance({ personIds: [child.id] }), anAssistance()].sort((a, b) => (a.id < b.id ? 1 : -1)),
    outcomes: [{ id: newId(), type: 'documentObtained', personId: anna.id }],
    nextStep: 'Pases',
    nextStepOn: '2026-11-23',
  });

  it('stands among the others, as the office will give it', () => {
    const { ask, output } = done([visitEndpoints.create, { input: said }]);
    const { rules: _rules, outcomes: _outcomes, ...details } = said;
    expect(output).toEqual({
      ...details,
      metPersonIds: [...said.metPersonIds].sort(),
      assistance: [said.assistance[1], said.assistance[0]].map((help) => ({ ...help })),
      familyCode: 'JEL-0012',
      projectId: held.project,
      ...{ version: 1, voided: false, correctionReason: null, nextStepDoneOn: null, versions: [] },
      recordedBy: held.me.name,
      recordedAt: held.now,
    });
    expect(ask(visitEndpoints.list, ofFamily).items.map(({ id }) => id)).toEqual([said.id, visit.id]);
    expect(ask(visitEndpoints.list, { input: { nextStepOpen: true } }).items.map(({ id }) => id)).toEqual([
      said.id,
      visit.id,
    ]);
    expect(ask(outcomeEndpoints.list, ofFamily).items[0]).toEqual({
      ...{
        id: said.outcomes[0]?.id,
        familyId: family.id,
        type: 'documentObtained',
        personId: anna.id,
        visitId: said.id,
      },
      ...{ day: said.day, recordedBy: held.me.name, recordedAt: held.now },
    });
    expect(ask(familyEndpoints.read, to(family)).lastContactOn).toBe('2026-11-20');
    expect(ask(visitEndpoints.ownMonths).items[0]).toMatchObject({ visits: 2 });
  });

  it('is no draft any more, also of a family that has left the phone', () => {
    const kept = { ...copy, drafts: [{ id: said.id, kind: 'visit' as const, content: '', savedAt: held.now }] };
    for (const input of [said, { ...said, familyId: newId() }])
      expect(
        answerOf(draftEndpoints.list, {}, overlay(kept, commandsOf([visitEndpoints.create, { input }])))?.items,
      ).toEqual([]);
  });

  it('is shown also when the clock was set back since: the office says whether it lies in the future', () => {
    const input = aVisit(family, { day: '2099-01-01' });
    expect(done([visitEndpoints.create, { input }]).output).toMatchObject({ day: '2099-01-01' });
  });

  it('in vain is no contact, and a day before the last one neither', () => {
    const contact = (input: object) =>
      done([visitEndpoints.create, { input }]).ask(familyEndpoints.read, to(family)).lastContactOn;
    expect(contact(aVisit(family, { day: today, reached: false }))).toBe('2026-11-01');
    expect(contact(aVisit(family, { day: '2026-10-01' }))).toBe('2026-11-01');
  });

  it('is corrected by a new version that keeps the old one', () => {
    const { output, ask } = done([
      visitEndpoints.correct,
      to(visit, correction({ minutes: 45, day: '2026-10-05' })),
      visit,
    ]);
    expect(output).toMatchObject({
      minutes: 45,
      day: '2026-10-05',
      version: 2,
      projectId: held.project,
      nextStep: 'Zvanīt',
    });
    expect((output as typeof visit).versions).toEqual([
      { version: 1, recordedAt: held.now, recordedBy: held.me.name, correctionReason: null },
    ]);
    // What was ticked in it moves with it, and so does the last contact.
    expect(ask(outcomeEndpoints.list, ofFamily).items).toEqual([{ ...outcome, day: '2026-10-05' }]);
    expect(ask(familyEndpoints.read, to(family)).lastContactOn).toBe('2026-10-05');
  });

  it('that is taken back takes its outcomes along', () => {
    const input = correction({ voided: true });
    const { output, ask } = done([visitEndpoints.correct, to(visit, input), visit]);
    expect(output).toMatchObject({ voided: true, version: 2, correctionReason: 'Ierakstīts divreiz' });
    expect(ask(outcomeEndpoints.list, ofFamily).items).toEqual([]);
    expect(ask(familyEndpoints.read, to(family)).lastContactOn).toBeNull();
    expect(ask(visitEndpoints.list, { input: { nextStepOpen: true } }).items).toEqual([]);
  });

  it('that was corrected by somebody else meanwhile shows only what this person changed', () => {
    const input = correction({ minutes: 45 });
    const meanwhile = { ...visit, version: 2, place: 'office' as const, recordedBy: 'Cita M.' };
    const theirs = {
      ...copy,
      bundles: copy.bundles.map((one) => (one.family === family ? { ...one, visits: [meanwhile] } : one)),
    };
    const shown = (base?: object) =>
      answerOf(
        visitEndpoints.read,
        to(visit),
        overlay(theirs, commandsOf([visitEndpoints.correct, to(visit, input), base])),
      );
    expect(shown(visit)).toMatchObject({
      minutes: 45,
      place: 'office',
      version: 2,
      recordedBy: 'Cita M.',
      versions: [],
    });
    expect(shown()).toBe(meanwhile);
  });

  it('of long ago, which is not held here, gives what was read with what was changed', () => {
    const old = { ...visit, id: newId() };
    const given = to(old, correction({ minutes: 45 }));
    expect(outputOf(visitEndpoints.correct, given, copy, old)).toMatchObject({ id: old.id, minutes: 45, version: 2 });
    expect(outputOf(visitEndpoints.correct, given, copy)).toBeUndefined();
  });

  it('has its next step done on the day on which it was said', () => {
    const { ask, output } = done([visitEndpoints.finishNextStep, to(visit)]);
    expect(output).toBeUndefined();
    expect(ask(visitEndpoints.read, to(visit)).nextStepDoneOn).toBe(today);
    expect(ask(visitEndpoints.list, { input: { nextStepOpen: true } }).items).toEqual([]);
  });

  it('for nobody is counted by the office alone', () => {
    const input = unrecordedHelp({ municipalityId: held.jelgava.id });
    const { after, output } = done([unrecordedHelpEndpoints.create, { input }]);
    expect(output).toEqual({ id: input.id });
    expect(after).toBe(copy);
  });
});
