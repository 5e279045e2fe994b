import { noticeAfter, noticeKinds, referralLifecycle, referralMoves } from '../index.js';

describe('What the other side is told', () => {
  it('is every step that changes the status, by the word of the new status', () => {
    for (const move of referralMoves.values) {
      const { to } = referralLifecycle[move];
      const expected = to === 'stay' ? null : to === 'back' ? 'answered' : to;
      expect([move, noticeAfter[move]]).toEqual([move, expected]);
    }
  });

  it('knows a word for each', () => {
    const told = Object.values(noticeAfter).filter((kind) => kind !== null);
    expect([...new Set([...told, 'message'])].sort()).toEqual([...noticeKinds.values].sort());
  });
});
