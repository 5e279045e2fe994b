import {
  checkInput,
  newId,
  NewAssignment,
  NewConsent,
  NewFamily,
  NewInstitution,
  NewMunicipality,
  NewOutcome,
  NewPerson,
  NewProject,
  NewReferral,
  NewService,
  NewUnrecordedHelp,
  NewVisit,
  VisitCorrection,
  type Class,
} from '@tilts/domain';
import {
  aConsentToShare,
  aCorrection,
  aFamily,
  aMunicipality,
  anAssignment,
  anAssistance,
  anInstitution,
  anOutcome,
  aPerson,
  aProject,
  aReferral,
  aService,
  aVisit,
  SeededRandom,
  TestClock,
  unrecordedHelp,
} from './index.js';

const municipalityId = newId();
const family = aFamily({ municipalityId });

const built: [string, Class, object][] = [
  ['a family', NewFamily, family],
  ['a person', NewPerson, aPerson({ familyId: family.id })],
  ['a consent to share', NewConsent, aConsentToShare(family)],
  ['a visit', NewVisit, aVisit(family)],
  [
    'a visit with two kinds of help',
    NewVisit,
    aVisit(family, { assistance: [anAssistance(), anAssistance({ needArea: 'HOU', kind: 'accompany' })] }),
  ],
  ['a visit where nobody was home', NewVisit, aVisit(family, { reached: false })],
  ['a correction', VisitCorrection, aCorrection(aVisit(family), { minutes: 45 })],
  ['a voided visit', VisitCorrection, aCorrection(aVisit(family), { voided: true })],
  ['an outcome', NewOutcome, anOutcome(family)],
  ['help without a record', NewUnrecordedHelp, unrecordedHelp({ municipalityId })],
  ['a municipality', NewMunicipality, aMunicipality()],
  ['an institution', NewInstitution, anInstitution()],
  ['a service', NewService, aService({ institutionId: newId() })],
  ['a project', NewProject, aProject()],
  ['an assignment', NewAssignment, anAssignment({ mediatorId: newId(), municipalityId, projectId: newId() })],
  ['a referral', NewReferral, aReferral(family, { institutionId: newId() })],
];

test.each(built)('%s is valid as it is built and as it travels', (_name, type, thing) => {
  expect(checkInput(type, JSON.parse(JSON.stringify(thing))).problems).toEqual([]);
});

test('the check can fail: a family without its yes is refused', () => {
  const silent = aFamily({
    municipalityId,
    consent: { ...family.consent, spokenYes: false, rules: family.consent.rules },
  });
  expect(checkInput(NewFamily, JSON.parse(JSON.stringify(silent))).problems).toEqual([
    { field: 'consent.spokenYes', code: 'required' },
  ]);
});

test('the same seed gives the same choices, another seed others', () => {
  const choices = (seed: number): unknown[] => {
    const random = new SeededRandom(seed);
    return [
      random.idAt(new Date('2018-01-01T10:00:00Z')),
      random.shuffled([1, 2, 3, 4, 5, 6, 7, 8]),
      random.weighted({ a: 1, b: 3 }),
    ];
  };
  expect(choices(7)).toEqual(choices(7));
  expect(choices(7)).not.toEqual(choices(8));
  expect(choices(7)[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a test clock knows the day in Europe/Riga', () => {
  const clock = new TestClock('2026-11-23T22:30:00Z');
  expect(clock.today()).toBe('2026-11-24');
  clock.advance({ days: 1 });
  expect(clock.today()).toBe('2026-11-25');
});
