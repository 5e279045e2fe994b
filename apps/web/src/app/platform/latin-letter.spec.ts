import { latinLetter } from './latin-letter';

test.each([
  ['a', 'KeyA', 'a'],
  ['A', 'KeyQ', 'a'],
  ['ф', 'KeyA', 'a'],
  ['О', 'KeyJ', 'j'],
  ['Enter', 'Enter', 'Enter'],
])('the key that types %s is %s and means %s', (key, code, letter) => {
  expect(latinLetter({ key, code })).toBe(letter);
});
