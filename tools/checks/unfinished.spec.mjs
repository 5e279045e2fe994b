import { workspace } from './files.mjs';
import { withPlanted } from './planted.mjs';
import { unfinished } from './unfinished.mjs';

describe('the code', () => {
  it('holds nothing unfinished, switched off without a reason, or named after nothing', () => {
    expect(unfinished(workspace)).toEqual([]);
  });

  it.each([
    ['a.ts', '// TODO later'],
    ['docs/a.md', 'FIXME'],
    ['a.ts', '// eslint-disable-next-line eqeqeq'],
    ['a.ts', '// @ts-ignore'],
    ['a.spec.ts', `it.only('x', () => undefined);`],
    ['libs/utils.ts', ''],
    ['libs/shared/a.ts', ''],
    ['libs/date.helper.ts', ''],
  ])('is seen to fail on %s: %s', (path, text) => {
    expect(withPlanted({ [path]: text }, unfinished)).toHaveLength(1);
  });

  it('may switch a rule off with a reason, and speak of shared keys', () => {
    const text = '// eslint-disable-next-line eqeqeq -- null and undefined alike\n// shared, common, todo list';
    expect(withPlanted({ 'libs/commonly.ts': text }, unfinished)).toEqual([]);
  });
});
