import type { Command } from '@tilts/domain';

/** Neighbours of one operation that serves several together, each id and each number once; everything else stands by itself. */
export function runsOf(
  commands: readonly Command[],
  servesTogether: (operation: string) => boolean,
): readonly (readonly Command[])[] {
  const runs: Command[][] = [];
  for (const command of commands) {
    const run = runs.at(-1);
    if (
      run &&
      run[0]?.operation === command.operation &&
      servesTogether(command.operation) &&
      !run.some(isLike(command))
    )
      run.push(command);
    else runs.push([command]);
  }
  return runs;
}

const isLike =
  ({ id, seq }: Command) =>
  (other: Command): boolean =>
    other.id === id || other.seq === seq;
