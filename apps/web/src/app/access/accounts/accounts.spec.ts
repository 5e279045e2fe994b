import { stateOf } from './account-state';
import { byCity } from './hand-over-page';
import { mediatorsIn, workPlacesOn } from './work-places';

const now = new Date('2026-11-23T08:00:00Z');
const assignment = (mediatorId: string, municipalityId: string, startsOn: string, endsOn: string | null) => ({
  mediatorId,
  mediatorName: mediatorId.toUpperCase(),
  municipalityId,
  startsOn,
  endsOn,
});
const cities = [
  { id: 'jel', name: 'Jelgava' },
  { id: 'dob', name: 'Dobele' },
];

describe('An account', () => {
  it.each([
    ['invited', '2026-11-24T08:00:00.000Z', 'invited'],
    ['invited', '2026-11-23T07:59:59.000Z', 'linkOver'],
    ['invited', null, 'linkOver'],
    ['active', '2026-11-20T08:00:00.000Z', 'active'],
    ['ended', null, 'ended'],
  ] as const)('%s with a link until %s is shown as %s', (state, linkExpiresAt, shown) =>
    expect(stateOf({ state, linkExpiresAt }, now)).toBe(shown),
  );
});

describe('Where mediators work', () => {
  const assignments = [
    assignment('ilze', 'jel', '2026-01-01', null),
    assignment('ilze', 'dob', '2026-01-01', '2026-11-23'),
    assignment('ilze', 'jel', '2025-01-01', '2027-01-01'),
    assignment('nora', 'jel', '2026-11-24', null),
    assignment('ainis', 'jel', '2025-01-01', '2026-11-22'),
  ];

  it('counts the first and the last day, each city once', () => {
    const places = workPlacesOn('2026-11-23', assignments, cities);
    expect(places.get('ilze')).toEqual(['Dobele', 'Jelgava']);
    expect(places.has('nora')).toBe(false);
    expect(places.has('ainis')).toBe(false);
  });

  it('says who could take families over on a day, and never the one who hands over', () => {
    expect(mediatorsIn('jel', '2026-11-23', assignments, 'ainis')).toEqual([{ id: 'ilze', name: 'ILZE' }]);
    expect(mediatorsIn('jel', '2026-11-24', assignments, 'ilze')).toEqual([{ id: 'nora', name: 'NORA' }]);
    expect(mediatorsIn('dob', '2026-11-24', assignments, 'nora')).toEqual([]);
  });
});

describe('Families to hand over', () => {
  it('stand by city and code', () => {
    const family = (municipalityId: string, municipality: string, code: string) => ({
      id: code,
      municipalityId,
      municipality,
      code,
      lastContactOn: null,
    });
    const sorted = byCity([
      family('jel', 'Jelgava', 'JEL-0002'),
      family('dob', 'Dobele', 'DOB-0001'),
      family('jel', 'Jelgava', 'JEL-0001'),
    ]);
    expect(sorted.map((city) => [city.municipality, ...city.families.map(({ code }) => code)])).toEqual([
      ['Dobele', 'DOB-0001'],
      ['Jelgava', 'JEL-0001', 'JEL-0002'],
    ]);
  });
});
