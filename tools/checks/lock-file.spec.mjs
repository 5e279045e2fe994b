import { workspace } from './files.mjs';
import { inexactVersions, missingFromLock } from './lock-file.mjs';
import { withPlanted } from './planted.mjs';

describe('package-lock.json', () => {
  it('installs with every npm', () => {
    expect(missingFromLock(workspace)).toEqual([]);
  });

  it('is seen to lack a package', () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0', optionalDependencies: { b: '1.0.0', c: '1.0.0' } },
      'node_modules/b': {},
    };
    expect(withPlanted({ 'package-lock.json': JSON.stringify({ packages }) }, missingFromLock)).toEqual([
      'node_modules/a 1.0.0 names c, which is not in the lock',
    ]);
  });

  it('stands for exact versions', () => {
    expect(inexactVersions(workspace)).toEqual([]);
    const ranged = JSON.stringify({
      dependencies: { a: '^1.0.0', b: '1.0.0-beta.2' },
      devDependencies: { c: 'latest' },
    });
    expect(withPlanted({ 'package.json': ranged }, inexactVersions)).toEqual(['a ^1.0.0', 'c latest']);
  });
});
