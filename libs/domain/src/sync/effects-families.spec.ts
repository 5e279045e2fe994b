import { aConsentToShare, aFamily, anOutcome, aPerson, aVisit } from '@tilts/testing';
import {
  answerOf,
  consentEndpoints,
  familyEndpoints,
  newId,
  outcomeEndpoints,
  outputOf,
  overlay,
  personEndpoints,
  registrationEndpoints,
  visitEndpoints,
} from '../index.js';
import * as held from './testing/held-copy.js';
import { aBundle, commandsOf, today } from './testing/held-copy.js';
import {
  anna,
  child,
  done,
  family,
  ofFamily,
  outcome,
  personChange,
  record,
  share,
  sharedOfChild,
  to,
  copy,
} from './testing/one-family.js';

describe('A family', () => {
  it('that was registered is there with its members and its yes; the office gives its code', () => {
    const said = aFamily({ municipalityId: held.jelgava.id });
    const log = aVisit(said, { day: today });
    const { ask, after } = done(
      [registrationEndpoints.register, { input: said }],
      [visitEndpoints.create, { input: log }],
    );
    const view = ask(familyEndpoints.read, to(said));
    expect(outputOf(registrationEndpoints.register, { input: said }, after)).toBe(view);
    expect(view).toMatchObject({
      name: said.name,
      code: 'JEL-…',
      status: 'active',
      openedOn: today,
      closedOn: null,
      version: 1,
    });
    expect(ask(familyEndpoints.list).items).toHaveLength(3);
    const members = ask(personEndpoints.list, { input: { familyId: said.id } }).items;
    expect(members.map(({ id }) => id).sort()).toEqual(said.persons.map(({ id }) => id).sort());
    const consents = ask(consentEndpoints.list, { input: { familyId: said.id } }).items;
    expect(consents).toMatchObject([
      { id: said.consent.id, kind: 'record', personId: null, recordedBy: held.me.name, withdrawnOn: null },
    ]);
    expect(ask(visitEndpoints.read, to(log)).familyCode).toBe('JEL-…');
  });

  it('is changed under the version that was read; closing has its day', () => {
    const change = { name: 'Liepu ģimene', status: 'closed', closeReason: 'moved', version: 1 };
    const { output } = done([familyEndpoints.change, to(family, change), family]);
    expect(output).toEqual({
      ...family,
      ...{ name: 'Liepu ģimene', phone: null, address: null, language: null, arrangement: null },
      ...{ status: 'closed', closeReason: 'moved', closedOn: today },
    });
    const again = done(
      [familyEndpoints.change, to(family, change)],
      [familyEndpoints.change, to(family, { ...change, status: 'active' })],
    );
    expect(again.output).toMatchObject({ status: 'active', closeReason: null, closedOn: null, version: 1 });
  });

  it('that somebody else changed meanwhile shows both changes', () => {
    const meanwhile = { ...family, version: 2, phone: '+37120000000', name: 'Ozolu ģimene' };
    const theirs = { ...copy, bundles: [aBundle({ family: meanwhile })] };
    const { name, language, arrangement, status } = family;
    const change = { name, language, arrangement, status, phone: null, address: 'Parauga iela 1', version: 1 };
    const shown = answerOf(
      familyEndpoints.read,
      to(family),
      overlay(theirs, commandsOf([familyEndpoints.change, to(family, change), family])),
    );
    expect(shown).toMatchObject({ name: 'Ozolu ģimene', phone: '+37120000000', address: 'Parauga iela 1', version: 2 });
  });

  it('gets a person, who is changed and leaves', () => {
    const said = aPerson({ familyId: family.id, birthDate: '1990-05-01', birthYear: null });
    const { rules: _rules, ...details } = said;
    const { ask, after } = done(
      [personEndpoints.create, { input: said }],
      [personEndpoints.change, to(child, personChange({ firstName: 'Jānis', leftOn: today }))],
    );
    expect(outputOf(personEndpoints.create, { input: said }, after)).toEqual({
      ...details,
      birthYear: 1990,
      version: 1,
      leftOn: null,
    });
    expect(ask(personEndpoints.list, ofFamily).items.map(({ id }) => id)).toEqual([anna.id, said.id, child.id]);
    expect(ask(personEndpoints.read, to(child))).toEqual({ ...child, firstName: 'Jānis', leftOn: today });
  });

  it('says yes and takes it back', () => {
    const said = aConsentToShare(family, { purpose: 'EDU', recipientKind: 'school', givenOn: today });
    const { output, ask } = done([consentEndpoints.create, { input: said }]);
    expect(output).toEqual({
      ...{
        id: said.id,
        familyId: family.id,
        personId: null,
        kind: 'share',
        purpose: 'EDU',
        recipientKind: 'school',
        giver: 'person',
      },
      ...{
        guardianId: null,
        givenOn: today,
        noticeVersion: said.noticeVersion,
        recordedBy: held.me.name,
        recordedAt: held.now,
        withdrawnOn: null,
      },
    });
    expect(ask(consentEndpoints.list, ofFamily).items[0]?.id).toBe(said.id);
    const ended = (withdraws: string) =>
      done([consentEndpoints.create, { input: { ...said, id: newId(), withdraws } }])
        .ask(consentEndpoints.list, ofFamily)
        .items.map(({ id, withdrawnOn }) => (withdrawnOn ? id : ''))
        .filter(Boolean)
        .sort();
    expect(ended(share.id)).toEqual([share.id]);
    expect(ended(record.id)).toEqual([record.id, share.id, sharedOfChild.id].sort());
    expect(ended(newId())).toEqual([]);
    // What had ended before keeps its day.
    const both = done(
      [consentEndpoints.create, { input: { ...said, id: newId(), givenOn: '2026-11-20', withdraws: share.id } }],
      [consentEndpoints.create, { input: { ...said, id: newId(), withdraws: record.id } }],
    );
    expect(both.ask(consentEndpoints.list, ofFamily).items.find(({ id }) => id === share.id)?.withdrawnOn).toBe(
      '2026-11-20',
    );
    const withdrawal = { input: { ...said, id: newId(), withdraws: share.id } };
    expect(done([consentEndpoints.create, withdrawal]).output).toMatchObject({ id: share.id, withdrawnOn: today });
  });

  it('gets an outcome, and loses one that was a mistake', () => {
    const said = anOutcome(family, { day: today });
    const { output, ask } = done([outcomeEndpoints.create, { input: said }]);
    const { rules: _rules, voids: _voids, ...facts } = said;
    expect(output).toEqual({ ...facts, visitId: null, recordedBy: held.me.name, recordedAt: held.now });
    expect(ask(outcomeEndpoints.list, ofFamily).items.map(({ id }) => id)).toEqual([said.id, outcome.id]);
    const mistake = done([outcomeEndpoints.create, { input: { ...said, voids: outcome.id } }]);
    expect(mistake.ask(outcomeEndpoints.list, ofFamily).items).toEqual([]);
    expect(mistake.output).toMatchObject({ id: said.id });
  });
});
