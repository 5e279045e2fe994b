import { csvOf, tabsOf } from './spreadsheet';

describe('What goes into a spreadsheet', () => {
  it('never becomes a formula there', () => {
    const cells = ['=1+1', '+371', '-suns', '@x', '\tx', 'plain'];
    expect(csvOf([cells])).toBe(`\uFEFF'=1+1;'+371;'-suns;'@x;'\tx;plain\r\n`);
    expect(
      tabsOf([cells])
        .split('\t')
        .map((cell) => cell[0]),
    ).toEqual([...`'''''p`]);
  });

  it('keeps quotes, separators and lines in their cell', () => {
    expect(csvOf([['a;b', 'c"d', 'e\nf']])).toBe('\uFEFF"a;b";"c""d";"e\nf"\r\n');
    expect(tabsOf([['e\nf', 'g']])).toBe('e f\tg');
  });
});
