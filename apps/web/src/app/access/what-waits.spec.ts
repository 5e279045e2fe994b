import type { AccountView } from '@tilts/domain';
import { whatWaits } from './what-waits';

const now = new Date('2026-11-23T08:00:00Z');
const account = (id: string, part: Partial<AccountView>) =>
  ({ id, role: 'mediator', state: 'active', secondFactor: 'set', linkExpiresAt: null, ...part }) as AccountView;
const ids = (accounts: readonly AccountView[]) => accounts.map(({ id }) => id);
const ready = { missing: [], setUpAt: '2026-11-01T08:00:00Z' };

describe('What waits for the coordinator', () => {
  it('names links that ran out before those that still hold', () => {
    const waits = whatWaits(
      now,
      ready,
      [
        account('later', { state: 'invited', linkExpiresAt: '2026-11-29T08:00:00.000Z' }),
        account('soon', { state: 'invited', linkExpiresAt: '2026-11-24T08:00:00.000Z' }),
        account('over', { state: 'invited', linkExpiresAt: '2026-11-20T08:00:00.000Z' }),
        account('gone', { state: 'ended' }),
      ],
      new Set(),
    );
    expect(ids(waits.invited)).toEqual(['over', 'soon', 'later']);
    expect(waits.idle).toEqual([]);
  });

  it('finds mediators who cannot work today, and nobody else', () => {
    const waits = whatWaits(
      now,
      ready,
      [account('works', {}), account('idle', {}), account('evaluator', { role: 'evaluator', secondFactor: 'none' })],
      new Set(['works']),
    );
    expect(ids(waits.idle)).toEqual(['idle']);
    expect(ids(waits.withoutSecondFactor)).toEqual(['evaluator']);
  });

  it('offers the set-up until it is done or was put aside', () => {
    const missing = ['project', 'mediator'] as const;
    expect(whatWaits(now, { missing: [...missing], setUpAt: null }, [], new Set()).setUp).toBe(2);
    expect(whatWaits(now, { ...ready, missing: [...missing] }, [], new Set()).setUp).toBe(0);
    expect(whatWaits(now, { missing: [], setUpAt: null }, [], new Set()).setUp).toBe(0);
  });
});
