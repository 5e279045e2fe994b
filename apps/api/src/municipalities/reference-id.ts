import { v5 } from 'uuid';

const TILTS = '5f3b3f0e-6a0c-5d2e-9d0b-7a3c51e0a1f4';

/** The id of a row of reference data: the same on every installation, so that a second load changes rows instead of adding some. */
export function referenceId(...path: readonly (string | number)[]): string {
  return v5(path.join('/'), TILTS);
}
