import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { violations, workspace } from './architecture.mjs';
import { PROJECTS } from './rules.mjs';

/** Each is forbidden by another rule; the file is the only thing added to a copy of the real tree. */
const PLANTED = {
  'libs/domain/src/visits/uses-angular.ts': `import { signal } from '@angular/core'; export const a = signal(1);`,
  'libs/domain/src/visits/uses-node.ts': `import { readFileSync } from 'node:fs'; export const a = readFileSync;`,
  'libs/domain/src/families/looks-right.ts': `import type {} from '../reports/planted.js';`,
  'libs/domain/src/fields/looks-right.ts': `import {} from '../families/planted.js';`,
  'libs/domain/src/visits/climbs.ts': `export * from '../index.js';`,
  'libs/ui/src/uses-domain.ts': `export * from '@tilts/domain';`,
  'libs/ui/src/uses-http.ts': `import { HttpClient } from '@angular/common/http'; export const a = HttpClient;`,
  'libs/i18n/src/uses-nest.ts': `export * from '@nestjs/common';`,
  'libs/testing/src/uses-api.ts': `export * from '../../../apps/api/src/visits/planted.js';`,
  'apps/api/src/visits/looks-right.ts': `import {} from '../reports/planted.js';`,
  'apps/api/src/platform/looks-right.ts': `import {} from '../visits/planted.js';`,
  'apps/api/src/database/climbs.ts': `export * from '../top.js';`,
  'apps/api/src/visits/uses-web.ts': `export * from '../../../web/src/app/visits/planted';`,
  'apps/api/src/visits/uses-angular.ts': `export * from '@angular/core';`,
  'apps/api/src/visits/uses-builders.ts': `export * from '@tilts/testing';`,
  'apps/web/src/app/visits/looks-right.ts': `import {} from '../reports/planted';`,
  'apps/web/src/app/reports/looks-at-shell.ts': `import {} from '../shell/planted';`,
  'apps/web/src/app/visits/uses-nest.ts': `export * from '@nestjs/common';`,
  'apps/web/src/app/visits/uses-typeorm.ts': `export * from 'typeorm';`,
  'apps/web/src/app/visits/uses-builders.ts': `export * from '@tilts/testing';`,
  'apps/web/src/app/visits/imports-nothing-real.ts': `export * from './not-there';`,
};
/** Without these the planted imports would be red only because they lead nowhere. */
const TARGETS = [
  'libs/domain/src/families/planted.ts',
  'libs/domain/src/reports/planted.ts',
  'apps/api/src/visits/planted.ts',
  'apps/api/src/reports/planted.ts',
  'apps/web/src/app/visits/planted.ts',
  'apps/web/src/app/reports/planted.ts',
  'apps/web/src/app/shell/planted.ts',
];
const ALLOWED = {
  'libs/domain/src/reports/looks-left.ts': `import {} from '../families/planted.js';`,
  'apps/api/src/reports/looks-left.ts': `import {} from '../visits/planted.js'; export * from '@tilts/domain';`,
  'apps/api/src/top.ts': `export * from './reports/planted.js';`,
  'apps/api/src/visits/planted.spec.ts': `import {} from '../reports/planted.js'; import '@tilts/testing';`,
};

describe('architecture', () => {
  it('holds in this tree', async () => {
    expect(await violations()).toEqual([]);
  });

  describe('is seen to fail', () => {
    let copy;
    let found;
    beforeAll(async () => {
      copy = mkdtempSync(join(tmpdir(), 'tilts-architecture-'));
      for (const { path } of PROJECTS.filter(({ path }) => existsSync(join(workspace, path, 'src')))) {
        cpSync(join(workspace, path, 'src'), join(copy, path, 'src'), { recursive: true });
      }
      cpSync(join(workspace, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
      symlinkSync(join(workspace, 'node_modules'), join(copy, 'node_modules'));
      const files = { ...Object.fromEntries(TARGETS.map((path) => [path, 'export {};'])), ...PLANTED, ...ALLOWED };
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(copy, path)), { recursive: true });
        writeFileSync(join(copy, path), `${text}\n`);
      }
      mkdirSync(join(copy, 'apps/api/src/miscellany'));
      found = await violations(copy);
    });
    afterAll(() => rmSync(copy, { recursive: true, force: true }));

    it.each(Object.keys(PLANTED))('on %s', (path) => {
      const rules = found.filter((violation) => violation.startsWith(`${path} →`));
      expect(rules).not.toEqual([]);
      if (!path.endsWith('imports-nothing-real.ts')) expect(rules.join()).not.toContain('everything imported exists');
    });

    it('on a folder that is no feature', () => {
      expect(found).toContainEqual(expect.stringContaining('apps/api/src/miscellany'));
    });

    it('but not on what is allowed', () => {
      for (const path of Object.keys(ALLOWED)) {
        expect(found.filter((violation) => violation.startsWith(`${path} →`))).toEqual([]);
      }
    });
  });
});
