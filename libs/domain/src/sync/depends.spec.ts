import { idsMadeBy, idsNamedBy, newId, numberCommand, recordsOf, subjectOf } from '../index.js';

const now = '2026-11-02T08:00:00.000Z';
const [family, person, consent, visit, help, city] = Array.from({ length: 6 }, newId);

describe('what a command builds on', () => {
  it('makes a family with its consent and members, at any depth', () => {
    const input = { id: family, municipalityId: city, consent: { id: consent }, persons: [{ id: person }] };
    const command = numberCommand({ operation: 'POST /families', params: {}, input }, 1, now);
    expect([...idsMadeBy(command)].sort()).toEqual([family, consent, person].sort());
    expect([...idsNamedBy(command)]).toEqual([city]);
  });

  it('names whom a visit tells of, in lists too, and the record of its path', () => {
    const input = {
      id: visit,
      familyId: family,
      metPersonIds: [person],
      assistance: [{ id: help, personIds: [person] }],
    };
    const command = numberCommand({ operation: 'POST /visits', params: {}, input }, 1, now);
    expect([...idsNamedBy(command)].sort()).toEqual([family, person].sort());
    const done = { operation: 'POST /visits/{id}/next-step-done', params: { id: String(visit) }, input: {} };
    expect([...idsNamedBy(numberCommand(done, 2, now))]).toEqual([visit]);
    expect([...recordsOf(numberCommand(done, 2, now))]).toEqual([visit]);
  });

  it('does not build on what it makes itself', () => {
    const input = { id: family, persons: [{ id: person }], consent: { id: consent, guardianId: person } };
    expect(idsNamedBy(numberCommand({ operation: 'POST /families', params: {}, input }, 1, now)).size).toBe(0);
  });

  it('finds ids in capitals, and none in words', () => {
    const input = { familyId: family?.toUpperCase(), note: `skat. ${person}`, persons: [null, 7] };
    expect([...idsNamedBy(numberCommand({ operation: 'POST /visits', params: {}, input }, 1, now))]).toEqual([family]);
  });

  it('says nothing where it cannot be read', () => {
    const command = {
      ...numberCommand({ operation: 'POST /visits', params: {}, input: {} }, 1, now),
      content: '{"input":',
    };
    expect([idsMadeBy(command).size, idsNamedBy(command).size]).toEqual([0, 0]);
  });
});

describe('what a command is about', () => {
  const params = { id: String(visit) };
  const about = (operation: string, input: object, base?: object): string =>
    subjectOf(numberCommand({ operation, params, input, base: base ?? null }, 1, now));

  it('of a change, the record: each correction has another id and still corrects the same visit', () => {
    const operation = 'POST /visits/{id}/corrections';
    expect(about(operation, { id: newId() }, {})).toBe(about(operation, { id: newId() }, {}));
  });

  it('of anything else, what it makes: two messages of one referral are two things', () => {
    const operation = 'POST /referrals/{id}/messages';
    expect(about(operation, { id: newId(), text: 'x' })).not.toBe(about(operation, { id: newId(), text: 'x' }));
    const id = newId();
    expect(about(operation, { id, text: 'x' })).toBe(about(operation, { id, text: 'y' }));
  });

  it('of what makes nothing, its words', () => {
    const operation = 'POST /referrals/{id}/moves';
    expect(about(operation, { move: 'send' })).toBe(about(operation, { move: 'send' }));
    expect(about(operation, { move: 'send' })).not.toBe(about(operation, { move: 'withdraw' }));
  });
});
