import { setUpSteps, type SetUpStep } from '@tilts/domain';

/** The steps and, behind them, the end of the set-up. */
export type SetUpPlace = SetUpStep | 'end';

/** Where somebody who comes (back) to the set-up goes on: the first step that nothing was entered for. */
export function firstOpen(missing: readonly SetUpStep[]): SetUpPlace {
  return setUpSteps.values.find((step) => missing.includes(step)) ?? 'end';
}

/** The place after a step, whether it was done or skipped. */
export function after(step: SetUpStep): SetUpPlace {
  return setUpSteps.values[setUpSteps.values.indexOf(step) + 1] ?? 'end';
}

export function isPlace(wanted: string | undefined): wanted is SetUpPlace {
  return wanted === 'end' || setUpSteps.has(wanted);
}
