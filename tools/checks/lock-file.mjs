// npm writes a lock that npm ci of another version refuses, when a parent names optional packages that the registry lacks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function missingFromLock(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const locked = new Set(Object.keys(packages).map((path) => path.replace(/.*node_modules\//, '')));
  return Object.entries(packages).flatMap(([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => `${path || 'package.json'} ${version} names ${name}, which is not in the lock`),
  );
}

/** Ranges would make tomorrow's installation another one than today's. */
export function inexactVersions(root) {
  const {
    dependencies = {},
    devDependencies = {},
    optionalDependencies = {},
  } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);
}
