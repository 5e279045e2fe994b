/** One number of a report that may have to be hidden, and what stands beside it. */
export class Figure {
  hidden = false;
  /** Hidden for being small itself, not to protect another. */
  small = false;

  constructor(
    readonly value: number,
    /** The other figures of the same row. */
    readonly row: Figure[],
    /** The figure of the whole country: never hidden to protect another unless nothing else is left. */
    readonly national = false,
  ) {
    row.push(this);
  }
}

/** Figures in one row or column of a table. */
export interface Line {
  parts: Figure[];
  /**
   * `sum`: total + moved = all parts together. `union`: people counted in several parts are in the total once, so it is at least the
   * largest part and at most their sum. `within`: each part is at most the total. `apart`: nothing published ties them.
   */
  kind: 'sum' | 'union' | 'within' | 'apart';
  total?: Figure;
  /** What the parts hold more than the total: families that moved count in two cities. */
  moved?: number;
}

/** Everything that one report publishes, with all that a reader may compute from. */
export interface FigureNet {
  figures: Figure[];
  lines: Line[];
  /** The first is never more than the second: each family reached has a visit. */
  atMost: [Figure, Figure][];
  /** Where the first is not zero, the second is not. */
  implies: [Figure, Figure][];
}

/** `ranges`: also knows which figures were hidden for being small, so that each of them lies from 1 to below the threshold. */
export type Attacker = 'reader' | 'ranges';

type Range = [low: number, high: number];

/** The hidden figures that somebody can compute from the shown ones: each is narrowed by all lines together until nothing moves. */
export function computable(net: FigureNet, threshold: number, attacker: Attacker): Figure[] {
  const ranges = new Map<Figure, Range>(
    net.figures.map((figure) => [
      figure,
      figure.hidden
        ? figure.small && attacker === 'ranges'
          ? [1, threshold - 1]
          : [0, Infinity]
        : [figure.value, figure.value],
    ]),
  );
  let moved = true;
  const narrow = (figure: Figure, low: number, high: number): void => {
    const range = rangeOf(ranges, figure);
    if (low > range[0]) [range[0], moved] = [low, true];
    if (high < range[1]) [range[1], moved] = [high, true];
  };
  while (moved) {
    moved = false;
    for (const line of net.lines) narrowLine(line, ranges, narrow);
    for (const [less, more] of net.atMost) {
      narrow(less, 0, rangeOf(ranges, more)[1]);
      narrow(more, rangeOf(ranges, less)[0], Infinity);
    }
    for (const [some, alsoSome] of net.implies) {
      if (rangeOf(ranges, alsoSome)[1] === 0) narrow(some, 0, 0);
      if (rangeOf(ranges, some)[0] > 0) narrow(alsoSome, 1, Infinity);
    }
  }
  return net.figures.filter((figure) => figure.hidden && rangeOf(ranges, figure)[0] === rangeOf(ranges, figure)[1]);
}

function narrowLine(
  line: Line,
  ranges: Map<Figure, Range>,
  narrow: (figure: Figure, low: number, high: number) => void,
): void {
  const { parts, total, kind } = line;
  if (!total || kind === 'apart') return;
  const moved = line.moved ?? 0;
  const sum = (end: 0 | 1, without?: Figure): number =>
    parts.reduce((all, part) => (part === without ? all : all + rangeOf(ranges, part)[end]), 0);
  for (const part of parts) {
    const [low, high] = rangeOf(ranges, total);
    if (kind === 'sum') narrow(part, low + moved - sum(1, part), high + moved - sum(0, part));
    else narrow(part, kind === 'union' ? low - sum(1, part) : 0, high);
  }
  if (kind === 'sum') narrow(total, sum(0) - moved, sum(1) - moved);
  else
    narrow(total, Math.max(0, ...parts.map((part) => rangeOf(ranges, part)[0])), kind === 'union' ? sum(1) : Infinity);
}

function rangeOf(ranges: Map<Figure, Range>, figure: Figure): Range {
  const range = ranges.get(figure);
  if (!range) throw new Error('A line holds a figure that the net does not');
  return range;
}
