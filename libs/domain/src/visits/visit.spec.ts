import { NewUnrecordedHelp, NewVisit, VisitCorrection, addDays, checkInput, dayOf, newId } from '../index.js';

const today = dayOf(new Date());
const anna = newId();
const visit = {
  id: newId(),
  familyId: newId(),
  day: today,
  time: '14:30',
  minutes: 30,
  channel: 'homeVisit',
  place: 'home',
  capacity: 'mediator',
  reached: true,
  metPersonIds: [anna],
  needAreas: ['EDU'],
  assistance: [{ id: newId(), needArea: 'EDU', kind: 'explainLetter', personIds: [anna] }],
  outcomes: [],
};
const problemsOf = (change: object) =>
  checkInput(NewVisit, { ...visit, ...change }).problems.map(({ field, code }) => `${field} ${code}`);

describe('A visit', () => {
  it('is right as the form sends it', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ reached: false, metPersonIds: [], needAreas: [], assistance: [] })).toEqual([]);
    expect(problemsOf({ day: '2017-10-02', nextStep: 'Zvanīt skolai', nextStepOn: '2017-10-09' })).toEqual([]);
  });

  it.each([
    ['a day that has not come', { day: addDays(today, 1) }, ['day inTheFuture']],
    ['no need area although somebody was reached', { needAreas: [], assistance: [] }, ['needAreas required']],
    ['help although nobody was reached', { reached: false, metPersonIds: [] }, ['assistance mismatch']],
    ['somebody met although nobody was reached', { reached: false, assistance: [] }, ['metPersonIds mismatch']],
    ['help for a need that is not named', { needAreas: ['EMP'] }, ['assistance.0.needArea mismatch']],
    [
      'a next step before the visit',
      { nextStep: 'Zvanīt', nextStepOn: addDays(today, -1) },
      ['nextStepOn beforeTheOther'],
    ],
    ['a date without a next step', { nextStepOn: addDays(today, 3) }, ['nextStep required']],
    ['no minutes, because there is no default that makes a figure', { minutes: null }, ['minutes required']],
    ['more minutes than a day has', { minutes: 1_441 }, ['minutes tooLarge']],
  ])('is refused with %s', (_, change, problems) => {
    expect(problemsOf(change)).toEqual(problems);
  });
});

describe('A correction of a visit', () => {
  const { familyId: _family, outcomes: _outcomes, ...details } = visit;
  const problemsOfCorrection = (change: object) =>
    checkInput(VisitCorrection, { ...details, version: 1, voided: false, ...change }).problems.map(
      ({ field, code }) => `${field} ${code}`,
    );

  it('obeys the rules of a visit', () => {
    expect(problemsOfCorrection({})).toEqual([]);
    expect(problemsOfCorrection({ needAreas: [], assistance: [] })).toEqual(['needAreas required']);
  });

  it('says why when the visit is to count nowhere', () => {
    expect(problemsOfCorrection({ voided: true })).toEqual(['correctionReason required']);
    expect(problemsOfCorrection({ voided: true, correctionReason: 'Pierakstīts divreiz' })).toEqual([]);
  });
});

describe('Help without a record', () => {
  const help = { id: newId(), municipalityId: newId(), day: today, needArea: 'DOC', kind: 'fillForm', minutes: 20 };

  it('holds a city, a day, an area, a kind and minutes, and takes nothing that tells who', () => {
    expect(checkInput(NewUnrecordedHelp, help).problems).toEqual([]);
    expect(checkInput(NewUnrecordedHelp, { ...help, note: 'Anna' }).problems).toEqual([
      { field: 'note', code: 'unknown' },
    ]);
    expect(checkInput(NewUnrecordedHelp, { ...help, day: addDays(today, 1) }).problems).toEqual([
      { field: 'day', code: 'inTheFuture' },
    ]);
  });
});
