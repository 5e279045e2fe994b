import { checkInput, choiceLists, CodeRewording, editableLists, needAreas, referralStatuses } from '../index.js';

const asked = (over: object): object => ({
  list: 'visits.channel',
  code: 'phone',
  words: { lv: 'Zvans' },
  version: 0,
  ...over,
});

describe('lists that a coordinator may edit', () => {
  it('leave out roles, steps of lifecycles and legal grounds', () => {
    const names = editableLists().map((list) => list.name);
    expect(names).toContain('visits.channel');
    for (const technical of ['access.role', 'referrals.status', 'referrals.legalGround', 'families.status'])
      expect(names).not.toContain(technical);
  });

  it('name only codes that are in the list as needed', () => {
    for (const { editing, values } of choiceLists)
      if (editing && editing.needed !== 'all') expect(values).toEqual(expect.arrayContaining([...editing.needed]));
  });

  it('retire what nothing needs', () => {
    expect(needAreas.mayRetire('LAN')).toBe(true);
    expect(needAreas.mayRetire('CHI')).toBe(false);
    expect(needAreas.mayRetire('NONE')).toBe(false);
    expect(referralStatuses.mayRetire('sent')).toBe(false);
  });

  it('take plain words for a code that is there', () => {
    expect(checkInput(CodeRewording, asked({})).problems).toEqual([]);
    expect(checkInput(CodeRewording, asked({ list: 'referrals.status' })).problems).toEqual([
      { field: 'list', code: 'notThere' },
    ]);
    expect(checkInput(CodeRewording, asked({ code: 'pigeon' })).problems).toEqual([
      { field: 'code', code: 'notThere' },
    ]);
    expect(checkInput(CodeRewording, asked({ words: { lv: 'Zvans {name}' } })).problems).toMatchObject([
      { field: 'words.lv', code: 'malformed' },
    ]);
  });
});
