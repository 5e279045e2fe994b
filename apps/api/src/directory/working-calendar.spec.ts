import { addDays, workingDaysBetween } from '@tilts/domain';
import { SeededRandom } from '@tilts/testing';
import { WorkingCalendar } from './working-calendar.js';
import { workingDayExceptions } from './working-days-seed.js';

const calendar = new WorkingCalendar(workingDayExceptions);
const state = calendar.worksOn({ followsMovedDays: true });
const plain = calendar.worksOn({ followsMovedDays: false });

describe('the working calendar', () => {
  it.each([
    ['2026-11-18', 'proclamation of the Republic, a Wednesday'],
    ['2018-11-19', 'the Monday for 18 November, a Sunday'],
    ['2018-03-30', 'Good Friday'],
    ['2018-04-02', 'Easter Monday'],
    ['2026-04-06', 'Easter Monday of another year'],
    ['2026-12-31', 'New Year’s Eve'],
    ['2023-07-10', 'the Monday after the Song Festival, which the library lacks'],
    ['2026-11-21', 'a Saturday'],
  ])('%s is free for all: %s', (day) => {
    expect(state(day)).toBe(false);
    expect(plain(day)).toBe(false);
  });

  it('moves 30 April 2018 to Saturday 21 April only for those who follow moved days', () => {
    expect([state('2018-04-30'), state('2018-04-21')]).toEqual([false, true]);
    expect([plain('2018-04-30'), plain('2018-04-21')]).toEqual([true, false]);
  });

  it('counts ten working days over Easter and May holidays', () => {
    expect(calendar.add('2018-03-28', 3, { followsMovedDays: false })).toBe('2018-04-04');
    expect(calendar.add('2018-04-20', 7, { followsMovedDays: true })).toBe('2018-05-02');
    expect(calendar.add('2018-04-20', 7, { followsMovedDays: false })).toBe('2018-05-02');
    expect(calendar.between('2018-04-20', '2018-04-23', { followsMovedDays: true })).toBe(2);
    expect(calendar.between('2018-04-20', '2018-04-23', { followsMovedDays: false })).toBe(1);
  });

  it('counts by years what one would count day by day', () => {
    const random = new SeededRandom(20_171_001);
    for (let n = 0; n < 60; n += 1) {
      const from = addDays('2017-10-01', random.int(0, 3_600));
      const to = addDays(from, random.int(-40, 1_500));
      for (const counting of [{ followsMovedDays: true }, { followsMovedDays: false }])
        expect([from, to, calendar.between(from, to, counting)]).toEqual([
          from,
          to,
          workingDaysBetween(from, to, calendar.worksOn(counting)),
        ]);
    }
  });

  it('an ordinary Monday works', () => expect(state('2026-11-23') && plain('2026-11-23')).toBe(true));
});
