import { describeForLog } from './log.js';

describe('an error in the log', () => {
  it('tells its kind and its places, and nothing that somebody typed, whatever it looks like', () => {
    const told = JSON.stringify(
      describeForLog(new TypeError('invalid note\n    at Anna Ozola (Liepu iela 5)\n  at home')),
    );
    expect(told).toContain('TypeError');
    expect(told).toContain('log.spec');
    for (const typed of ['invalid', 'Ozola', 'home']) expect(told).not.toContain(typed);
  });
});
