import { computable, type Figure, type FigureNet, type Line } from './figure-net.js';

/** Hides further figures until none that is hidden can be computed (complementary suppression). */
export function hideSeconds(net: FigureNet, threshold: number): void {
  const seconds = new Seconds(net);
  for (;;) {
    if (seconds.besideTheLonely()) continue;
    // First with the stronger reader in mind, without touching national figures.
    if (seconds.beside(computable(net, threshold, 'ranges'), false)) continue;
    // Only where nothing else is left a national figure goes, and only if a reader without special knowledge could compute a hidden one.
    if (seconds.beside(computable(net, threshold, 'reader'), true)) continue;
    return;
  }
}

/** Chooses which shown figure is hidden to protect another. */
class Seconds {
  private readonly linesOf: Map<Figure, Line[]>;

  constructor(private readonly net: FigureNet) {
    this.linesOf = new Map(
      net.figures.map((figure) => [
        figure,
        net.lines.filter((line) => line.parts.includes(figure) || line.total === figure),
      ]),
    );
  }

  /** One hidden figure in a row or column hides a second. */
  besideTheLonely(): boolean {
    const lonely = this.net.lines.filter(
      (line) => !line.total?.hidden && line.parts.filter((part) => part.hidden).length === 1,
    );
    return lonely.map((line) => this.hideOne(line.parts)).includes(true);
  }

  /** Covers what can be computed: one more in each line that gives something away, else the figures that it follows from. */
  beside(known: readonly Figure[], nationalToo: boolean): boolean {
    const covered = new Set<Line>();
    let hidden = false;
    for (const line of known.flatMap((figure) => this.linesThrough(figure))) {
      // Two that give each other away are covered by one: the next round sees whether it was enough.
      if (!covered.has(line)) hidden = this.hideOne(line.parts) || hidden;
      covered.add(line);
    }
    return (
      hidden ||
      known.some((figure) => this.hideOne(this.around(figure).filter((other) => nationalToo || !other.national)))
    );
  }

  private linesThrough(figure: Figure): Line[] {
    return this.linesOf.get(figure) ?? [];
  }

  private around(figure: Figure): Figure[] {
    return [...this.linesThrough(figure).flatMap((line) => line.total ?? []), ...figure.row];
  }

  private hideOne(candidates: readonly Figure[]): boolean {
    const [second] = candidates
      .filter((figure) => !figure.hidden)
      .sort((a, b) => this.loss(a) - this.loss(b) || a.value - b.value);
    if (!second) return false;
    second.hidden = true;
    // A zero gives itself away by the other zeros that it follows from: nobody reached, nobody visited; no such need, no such help.
    if (second.value === 0)
      for (const zero of [...second.row, ...this.zeroTotals(second)]) if (zero.value === 0) zero.hidden = true;
    return true;
  }

  /** How much is lost with it: least in a row that has lost a figure already; a zero only where nothing else is left. */
  private loss(figure: Figure): number {
    if (figure.value === 0) return this.zeroTotals(figure).length > 0 ? 3 : 2;
    return figure.row.some((other) => other.hidden) ? 0 : 1;
  }

  private zeroTotals(figure: Figure): Figure[] {
    return this.linesThrough(figure).flatMap((line) =>
      line.total?.value === 0 && !line.total.hidden
        ? [line.total, ...line.total.row.filter((other) => other.value === 0)]
        : [],
    );
  }
}
