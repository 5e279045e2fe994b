import { written } from './report-csv.js';

test.each([
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+371 1', "'+371 1"],
  ['-1 liela', "'-1 liela"],
  ['@sum', "'@sum"],
  ['Rīga, centrs', '"Rīga, centrs"'],
  ['Jelgava', 'Jelgava'],
  [-3, '-3'],
])('%j is written so that no spreadsheet runs it', (cell, text) => {
  expect(written(cell)).toBe(text);
});
