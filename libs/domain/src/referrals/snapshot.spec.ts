import { snapshotOf, travelFields, type TravelField } from '../index.js';

const person = {
  firstName: 'Anna',
  lastName: 'Ābele',
  birthDate: '2012-03-04',
  birthYear: null,
  phone: '+37120000001',
};
const family = { phone: '+37120000002', address: 'Liepu iela 1, Jelgava', language: 'romani' as const };
const all = [...travelFields.values];
const without = (field: TravelField) =>
  snapshotOf(
    person,
    family,
    6,
    all.filter((f) => f !== field),
  );

describe('What travels in a referral', () => {
  it('is the whole card when nothing is left out', () => {
    expect(snapshotOf(person, family, 6, all)).toEqual({
      firstName: 'Anna',
      lastName: 'Ābele',
      birthYear: 2012,
      birthDate: '2012-03-04',
      phone: '+37120000001',
      address: 'Liepu iela 1, Jelgava',
      language: 'romani',
      household: 6,
    });
  });

  it.each(all.filter((field) => field !== 'lastName'))('leaves out %s alone', (field) => {
    expect(without(field)).toEqual({ ...snapshotOf(person, family, 6, all), [field]: null });
  });

  it('shortens a last name that was left out to its initial', () => {
    expect(without('lastName')).toEqual({ ...snapshotOf(person, family, 6, all), lastName: 'Ā.' });
    expect(snapshotOf({ ...person, lastName: null }, family, 6, []).lastName).toBeNull();
  });

  it('is first name, initial and year of birth when all is left out', () => {
    expect(snapshotOf(person, family, 6, [])).toEqual({
      firstName: 'Anna',
      lastName: 'Ā.',
      birthYear: 2012,
      birthDate: null,
      phone: null,
      address: null,
      language: null,
      household: null,
    });
  });

  it("gives the family's phone for somebody who has none", () => {
    expect(snapshotOf({ ...person, phone: null }, family, 6, all).phone).toBe('+37120000002');
  });
});
