import { blankMunicipality, follow, nothingProposed, proposalFor } from './municipality-form';

describe('What is proposed from the name of a municipality', () => {
  const talsi = proposalFor('Talsi', ['TAL']);

  it('is its locative, a free prefix and its official name', () => {
    expect(follow({ ...blankMunicipality(), name: 'Talsi' }, nothingProposed, talsi)).toEqual({
      nameIn: 'Talsos',
      familyPrefix: talsi.familyPrefix,
      periods: [{ validFrom: null, validTo: null, atvk: '', name: 'Talsi' }],
    });
    expect(talsi.familyPrefix).not.toBe('TAL');
  });

  it('follows the name only where nobody wrote something else', () => {
    const typed = { ...blankMunicipality(), name: 'Talsi', nameIn: 'Talsu novadā', familyPrefix: talsi.familyPrefix };
    const next = proposalFor('Talsu novads', []);
    expect(follow(typed, talsi, next)).toEqual({ familyPrefix: next.familyPrefix });
  });

  it('leaves the official names alone once there are several periods', () => {
    const period = { validFrom: null, validTo: null, atvk: '', name: 'Talsi' };
    const form = { ...blankMunicipality(), periods: [period, period] };
    expect(follow(form, talsi, proposalFor('Cits', []))).not.toHaveProperty('periods');
  });
});
