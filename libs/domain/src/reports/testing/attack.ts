import type { OutcomeReport } from '../../index.js';

type Range = [low: number, high: number];
type Equation = { variables: Map<string, number>; sum: number };

const measures = ['familiesReached', 'personsAssisted', 'visits', 'minutes'] as const;

/**
 * A curious reader, written without a look at the suppression: names of the hidden figures that follow from the shown ones. She solves all
 * sums as one system of linear equations, narrows ranges by every inequality she can think of, and knows how many families moved (that is
 * all that she takes from `truth`).
 */
export function attack(shown: OutcomeReport, truth: OutcomeReport): string[] {
  const ranges = new Map<string, Range>();
  const equations: Equation[] = [];
  const put = (name: string, value: number | null | undefined): string => (
    ranges.set(name, value === null || value === undefined ? [0, Infinity] : [value, value]),
    name
  );
  const range = (name: string): Range => ranges.get(name) ?? [0, Infinity];
  const rules: (() => void)[] = [];
  let changed = true;
  const narrow = (name: string, low: number, high: number): void => {
    const now = range(name);
    if (low > now[0] || high < now[1])
      [changed, now[0], now[1]] = [true, Math.max(low, now[0]), Math.min(high, now[1])];
  };
  const most = (a: string, b: string): void =>
    void rules.push(() => (narrow(a, 0, range(b)[1]), narrow(b, range(a)[0], Infinity)));
  const follows = (a: string, b: string): void =>
    void rules.push(() => (range(b)[1] === 0 && narrow(a, 0, 0), range(a)[0] > 0 && narrow(b, 1, Infinity)));

  const tables = {
    totals: [shown.totals],
    cities: shown.municipalities,
    months: shown.months,
    channels: shown.channels,
    needs: shown.needs,
    help: shown.help,
  };
  for (const [table, rows] of Object.entries(tables)) {
    rows.forEach((row, i) => {
      for (const measure of measures)
        if (measure in row) put(`${table}.${i}.${measure}`, (row as unknown as Record<string, number | null>)[measure]);
      const at = (measure: (typeof measures)[number]): string => `${table}.${i}.${measure}`;
      follows(at('personsAssisted'), at('familiesReached'));
      if (!('visits' in row)) return;
      most(at('familiesReached'), at('visits'));
      most(at('visits'), at('minutes'));
      follows(at('visits'), at('familiesReached'));
      follows(at('minutes'), at('visits'));
    });
  }
  const add = (total: string, parts: string[], beyond: number): void => {
    equations.push({ variables: new Map([[total, -1], ...parts.map((part) => [part, 1] as const)]), sum: beyond });
  };
  const union = (total: string, parts: string[]): void =>
    void rules.push(() => {
      narrow(
        total,
        Math.max(0, ...parts.map((part) => range(part)[0])),
        parts.reduce((sum, part) => sum + range(part)[1], 0),
      );
      for (const part of parts)
        narrow(
          part,
          range(total)[0] - parts.reduce((sum, other) => (other === part ? sum : sum + range(other)[1]), 0),
          range(total)[1],
        );
    });
  for (const measure of measures) {
    const total = `totals.0.${measure}`;
    for (const table of ['cities', 'months', 'channels', 'needs'] as const) {
      const parts = tables[table].map((_row, i) => `${table}.${i}.${measure}`);
      const additive = table === 'cities' || measure === 'visits' || measure === 'minutes';
      if (table === 'needs' && additive) continue;
      const beyond =
        truth.municipalities.reduce((sum, row) => sum + (row[measure] ?? 0), 0) - (truth.totals[measure] ?? 0);
      if (additive) add(total, parts, table === 'cities' ? beyond : 0);
      else union(total, parts);
    }
  }
  shown.needs.forEach((need, n) => {
    for (const measure of ['familiesReached', 'personsAssisted'] as const) {
      const cells = shown.help.flatMap((cell, i) => (cell.needArea === need.needArea ? [`help.${i}.${measure}`] : []));
      if (measure === 'personsAssisted') union(`needs.${n}.${measure}`, cells);
      else for (const cell of cells) most(cell, `needs.${n}.${measure}`);
    }
  });
  rules.push(() => {
    for (const { variables, sum } of equations)
      for (const [name, factor] of variables) {
        let [low, high] = [sum, sum];
        for (const [other, f] of variables)
          if (other !== name)
            [low, high] = [
              low - Math.max(f * range(other)[0], f * range(other)[1]),
              high - Math.min(f * range(other)[0], f * range(other)[1]),
            ];
        narrow(name, Math.min(low * factor, high * factor), Math.max(low * factor, high * factor));
      }
  });
  const hidden = [...ranges].filter(([, [low, high]]) => low !== high).map(([name]) => name);
  while (changed) {
    changed = false;
    for (const rule of rules) rule();
    for (const [name, value] of solved(equations, range)) narrow(name, value, value);
  }
  return hidden.filter((name) => range(name)[0] === range(name)[1]);
}

/** Gauss–Jordan over what is still unknown: a row with one variable left is a figure found. */
function solved(equations: readonly Equation[], range: (name: string) => Range): [string, number][] {
  const names = [...new Set(equations.flatMap(({ variables }) => [...variables.keys()]))].filter(
    (name) => range(name)[0] !== range(name)[1],
  );
  const rows = equations.map(({ variables, sum }) => {
    const known = [...variables].reduce(
      (all, [name, factor]) => (names.includes(name) ? all : all + factor * range(name)[0]),
      0,
    );
    return [...names.map((name) => variables.get(name) ?? 0), sum - known];
  });
  let top = 0;
  for (let column = 0; column < names.length; column += 1) {
    const pivot = rows.findIndex((row, i) => i >= top && Math.abs(row[column] ?? 0) > 1e-9);
    if (pivot < 0) continue;
    const [row] = rows.splice(pivot, 1);
    if (!row) continue;
    const by = row[column] ?? 1;
    const unit = row.map((value) => value / by);
    rows.splice(top, 0, unit);
    rows.forEach((other, i) => {
      const times = other[column] ?? 0;
      if (i !== top && Math.abs(times) > 1e-9) rows[i] = other.map((value, j) => value - times * (unit[j] ?? 0));
    });
    top += 1;
  }
  return rows.flatMap((row) => {
    const left = names.flatMap((name, i) => (Math.abs(row[i] ?? 0) > 1e-9 ? [[name, row[i] ?? 1] as const] : []));
    const [only] = left;
    return left.length === 1 && only ? [[only[0], Math.round((row.at(-1) ?? 0) / only[1])] as [string, number]] : [];
  });
}
