import { checkInput, NewFamily, newId } from '../index.js';

const consent = {
  id: newId(),
  givenOn: '2026-11-20',
  noticeVersion: '2026-11',
  noticeRead: true,
  spokenYes: true,
  giver: 'person',
};
const family = { id: newId(), municipalityId: newId(), name: 'Priežu ģimene', consent, persons: [] };

describe('a registration', () => {
  it('is refused without the spoken yes', () => {
    expect(checkInput(NewFamily, family).problems).toEqual([]);
    expect(checkInput(NewFamily, { ...family, consent: { ...consent, spokenYes: false } }).problems).toEqual([
      { field: 'consent.spokenYes', code: 'required' },
    ]);
    expect(checkInput(NewFamily, { ...family, consent: undefined }).problems).toEqual([
      expect.objectContaining({ field: 'consent', code: 'required' }),
    ]);
  });

  it('says which member is wrong', () => {
    const problems = checkInput(NewFamily, {
      ...family,
      persons: [{ id: newId(), firstName: 'Anna', householdRole: 'cousin' }],
    }).problems;
    expect(problems).toContainEqual(expect.objectContaining({ field: 'persons.0.householdRole', code: 'notAChoice' }));
  });
});
