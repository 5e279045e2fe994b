import { birthYearOf, checkInput, isChild, newId, NewPerson } from '../index.js';

const valid = {
  id: newId(),
  familyId: newId(),
  firstName: 'Anna',
  householdRole: 'child',
  gender: 'notStated',
  schoolStatus: 'school',
  employmentStatus: 'notApplicable',
};

describe('a person', () => {
  it('needs no surname, birthday or phone', () => expect(checkInput(NewPerson, valid).problems).toEqual([]));

  it('is refused when year and date of birth do not agree', () => {
    const person = { ...valid, birthDate: '2010-03-01', birthYear: 2011 };
    expect(checkInput(NewPerson, person).problems).toContainEqual({ field: 'birthYear', code: 'mismatch' });
  });

  it('is not born tomorrow', () => {
    expect(checkInput(NewPerson, { ...valid, birthDate: '2099-01-01' }).problems).toEqual([
      { field: 'birthDate', code: 'inTheFuture' },
    ]);
  });

  it('has no field for ethnicity', () => {
    expect(checkInput(NewPerson, { ...valid, ethnicity: 'x' }).problems).toEqual([
      expect.objectContaining({ field: 'ethnicity', code: 'unknown' }),
    ]);
  });
});

describe('birthYearOf', () => {
  it('takes what is known', () => {
    expect(birthYearOf({ birthYear: 1988 })).toBe(1988);
    expect(birthYearOf({ birthDate: '1988-12-31' })).toBe(1988);
    expect(birthYearOf({})).toBeNull();
  });
});

describe('isChild', () => {
  it('ends on the 18th birthday', () => {
    expect(isChild({ birthDate: '2008-11-23' }, '2026-11-22')).toBe(true);
    expect(isChild({ birthDate: '2008-11-23' }, '2026-11-23')).toBe(false);
  });

  it('counts the doubtful year as child, and nobody as child without a year', () => {
    expect(isChild({ birthYear: 2008 }, '2026-11-23')).toBe(true);
    expect(isChild({ birthYear: 2007 }, '2026-01-01')).toBe(false);
    expect(isChild({}, '2026-01-01')).toBe(false);
  });
});
