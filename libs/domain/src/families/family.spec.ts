import { checkInput, FamilyChange, FamilyDetails, FamilyView, fieldsOf, sealedFieldsOf } from '../index.js';

describe('a family', () => {
  it('is closed only with a reason', () => {
    const change = { name: 'Priežu ģimene', version: 1, status: 'closed' };
    expect(checkInput(FamilyChange, change).problems).toEqual([{ field: 'closeReason', code: 'required' }]);
    expect(checkInput(FamilyChange, { ...change, closeReason: 'moved' }).problems).toEqual([]);
  });

  it('seals everything that people write about it', () => {
    expect(sealedFieldsOf(FamilyDetails)).toEqual(fieldsOf(FamilyDetails).map((field) => field.name));
    expect(sealedFieldsOf(FamilyView)).toEqual(sealedFieldsOf(FamilyDetails));
  });
});
