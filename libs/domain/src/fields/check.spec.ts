import { checkInput, Choices, choices, Count, newId, Part, Parts, Reference, References, Text } from '../index.js';

class Hoof {
  @Reference()
  id: string;
  @Text({ max: 5, optional: true })
  name?: string | null;
}
class Horse {
  @Reference({ optional: true })
  id?: string | null;
  @References({ optional: true })
  friends?: string[] | null;
  @Text({ max: 5, optional: true })
  name?: string | null;
  @Count({ optional: true })
  age?: number | null;
  @Choices(choices('horses.colour', ['bay', 'grey']), { optional: true })
  colours?: string[] | null;
  @Part(() => Hoof, { optional: true })
  first?: Hoof | null;
  @Parts(() => Hoof, { max: 4 })
  hooves: Hoof[];
}

const problemsOf = (horse: object): string[] =>
  checkInput(Horse, { hooves: [], ...horse }).problems.map(({ field, code }) => `${field} ${code}`);
const deep = (open: string, close: string, times = 50_000): unknown =>
  JSON.parse(open.repeat(times) + '1' + close.repeat(times)) as unknown;

describe('the shape of what came in', () => {
  test.each([
    ['null', { hooves: [null] }, 'hooves.0 malformed'],
    ['a number', { hooves: [5] }, 'hooves.0 malformed'],
    ['a list', { hooves: [[]] }, 'hooves.0 malformed'],
    ['a text', { hooves: ['a'] }, 'hooves.0 malformed'],
    ['an object for a list', { hooves: { length: 1 } }, 'hooves malformed'],
    ['a list for an object', { first: [{ id: newId() }] }, 'first malformed'],
    ['a text for an object', { first: 'a' }, 'first malformed'],
  ])('%s in the place of a part is refused', (_what, horse, problem) => {
    expect(problemsOf(horse)).toEqual([problem]);
  });

  test.each(['toString', 'constructor', 'hasOwnProperty', 'rules', 'nothing'])('a key %s is unknown', (key) => {
    expect(problemsOf({ [key]: 1 })).toEqual([`${key} unknown`]);
    expect(problemsOf({ hooves: [{ id: newId(), [key]: 1 }] })).toEqual([`hooves.0.${key} unknown`]);
  });

  test.each([
    ['lists', deep('[', ']')],
    ['objects', deep('{"a":', '}')],
  ])('endless %s are refused wherever they stand, and do not end the process', (_what, endless) => {
    for (const field of ['id', 'name', 'age', 'colours', 'friends', 'first', 'nothing'])
      expect(problemsOf({ [field]: endless })).not.toEqual([]);
    expect(problemsOf({ hooves: endless })).not.toEqual([]);
    expect(problemsOf({ hooves: [{ id: newId(), name: endless }] })).toEqual(['hooves.0.name malformed']);
  });
});

// The database answers ids in small letters; a seal made for the same id in capitals would never open again.
test('an id is the same in capitals', () => {
  const id = newId();
  const { value } = checkInput(Horse, {
    id: id.toUpperCase(),
    friends: [id.toUpperCase()],
    hooves: [{ id: id.toUpperCase() }],
  });
  expect(value).toMatchObject({ id, friends: [id], hooves: [{ id }] });
  expect(problemsOf({ friends: [id, id.toUpperCase()] })).toEqual(['friends repeated']);
});

describe('a text', () => {
  it('comes without what cannot be seen, and keeps its lines', () => {
    const { value } = checkInput(Horse, { hooves: [], name: ' A\u0000b\n\u0007c ' });
    expect(value.name).toBe('Ab\nc');
  });

  it('comes without what turns letters around, and without half a letter', () => {
    const { value } = checkInput(Horse, { hooves: [], name: '\u202eA\u202cb\u2066\ud800c\u2069' });
    expect(value.name).toBe('Ab\ufffdc');
  });
});
