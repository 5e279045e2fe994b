import type { WorkingYear } from '@tilts/domain';
import { answerDay } from './answer-day';

const holiday = (day: string) => ({ day, name: 'Svētki', nameEn: 'Holiday' });
const years: WorkingYear[] = [
  {
    year: 2026,
    holidays: ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-31'].map(holiday),
    exceptions: [
      { day: '2026-12-23', works: false, moved: true, note: 'Pārcelta' },
      { day: '2026-12-19', works: true, moved: true, note: 'Jāstrādā' },
    ],
  },
  { year: 2027, holidays: [holiday('2027-01-01')], exceptions: [] },
];

describe('The day by which an institution would answer', () => {
  it('leaves out weekends and holidays, over the turn of the year', () => {
    // Mon 21 and Tue 22 and Wed 23 December, then Mon 28 to Wed 30, then Mon 4 January.
    expect(answerDay('2026-12-18', { answerDays: 7, followsMovedDays: false }, years)).toBe('2027-01-04');
  });

  it('follows moved days only where the institution does', () => {
    expect(answerDay('2026-12-18', { answerDays: 3, followsMovedDays: false }, years)).toBe('2026-12-23');
    expect(answerDay('2026-12-18', { answerDays: 3, followsMovedDays: true }, years)).toBe('2026-12-22');
  });

  it('leaves out for everybody what is free for all', () => {
    const [first, second] = years;
    const given = [{ day: '2026-12-22', works: false, moved: false, note: 'Brīvs' }];
    const free = first && second ? [{ ...first, exceptions: given }, second] : [];
    expect(answerDay('2026-12-21', { answerDays: 1, followsMovedDays: false }, free)).toBe('2026-12-23');
  });
});
