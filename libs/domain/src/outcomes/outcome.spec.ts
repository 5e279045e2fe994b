import { checkInput, newId, NewOutcome, outcomeTypes } from '../index.js';

const outcome = { id: newId(), familyId: newId(), type: 'documentObtained', day: '2026-11-20' };

describe('an outcome', () => {
  it('is about a person or the family, on a day that has come', () => {
    expect(checkInput(NewOutcome, outcome).problems).toEqual([]);
    expect(checkInput(NewOutcome, { ...outcome, personId: newId() }).problems).toEqual([]);
    expect(checkInput(NewOutcome, { ...outcome, day: '2099-01-01' }).problems).toEqual([
      { field: 'day', code: 'inTheFuture' },
    ]);
  });

  it('tells no diagnosis', () =>
    expect(outcomeTypes.values.filter((type) => /diagnos|hiv|disab|illness/i.test(type))).toEqual([]));
});
