import { newId, spokenForProblems, withdrawalProblems, type NewConsent } from '../index.js';

const today = '2026-11-23';
const mother = { id: newId(), birthDate: '1990-01-01' };
const boy = { id: newId(), birthYear: 2015 };
const sister = { id: newId(), birthDate: '2009-01-01' };
const problems = (consent: { personId?: string; giver?: 'person' | 'guardian'; guardianId?: string }): string[] =>
  spokenForProblems({ giver: 'person', ...consent }, [mother, boy, sister], today).map(
    (problem) => `${problem.field} ${problem.code}`,
  );

describe('who speaks', () => {
  it('for the family or for oneself: anybody grown up', () => {
    expect(problems({})).toEqual([]);
    expect(problems({ personId: mother.id })).toEqual([]);
  });

  it('for a child: an adult of the household', () => {
    expect(problems({ personId: boy.id, giver: 'guardian', guardianId: mother.id })).toEqual([]);
    expect(problems({ personId: boy.id })).toEqual(['giver mismatch']);
    expect(problems({ personId: boy.id, giver: 'guardian', guardianId: sister.id })).toEqual(['guardianId mismatch']);
    expect(problems({ personId: boy.id, giver: 'guardian', guardianId: boy.id })).toEqual(['guardianId mismatch']);
  });

  it('is somebody of this family', () => {
    expect(problems({ personId: newId() })).toEqual(['personId notThere']);
    expect(problems({ personId: boy.id, giver: 'guardian', guardianId: newId() })).toEqual(['guardianId notThere']);
  });
});

describe('a withdrawal', () => {
  const withdrawal = { familyId: 'f', kind: 'share', givenOn: today } as NewConsent;
  const ended = { familyId: 'f', kind: 'share', givenOn: '2026-11-01', withdraws: null } as const;

  it('ends a consent of the same family and kind, given before', () => {
    expect(withdrawalProblems(withdrawal, ended)).toEqual([]);
    expect(withdrawalProblems(withdrawal, { ...ended, kind: 'record' })).toEqual([{ field: 'kind', code: 'mismatch' }]);
    expect(withdrawalProblems(withdrawal, { ...ended, givenOn: '2026-11-24' })).toEqual([
      { field: 'givenOn', code: 'beforeTheOther' },
    ]);
  });

  it('cannot end what is not there, is another family’s or is an end itself', () => {
    const notThere = [{ field: 'withdraws', code: 'notThere' }];
    expect(withdrawalProblems(withdrawal, undefined)).toEqual(notThere);
    expect(withdrawalProblems(withdrawal, { ...ended, familyId: 'g' })).toEqual(notThere);
    expect(withdrawalProblems(withdrawal, { ...ended, withdraws: 'c' })).toEqual(notThere);
  });
});
