import { oneAtATime } from './one-at-a-time';

describe('Work that runs once at a time', () => {
  it('is never there twice, whoever asks again the moment that it was over', async () => {
    let [running, most, runs] = [0, 0, 0];
    const work = oneAtATime(async () => {
      runs += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise((done) => setTimeout(done));
      running -= 1;
    });
    const first = work();
    const second = work();
    await first;
    await Promise.all([work(), second]);
    expect([most, runs]).toEqual([1, 2]);
  });
});
