/** The WHERE of a list: only what is asked for stands in the text, each value is a parameter. */
export class Conditions {
  readonly parameters: unknown[] = [];
  private readonly texts: string[] = [];

  /** The mark of a value: `$3`. */
  mark(value: unknown): string {
    return `$${this.parameters.push(value)}`;
  }

  add(condition: (...marks: string[]) => string, ...values: unknown[]): void {
    this.texts.push(condition(...values.map((value) => this.mark(value))));
  }

  toString(): string {
    return this.texts.length === 0 ? 'true' : this.texts.join(' AND ');
  }
}
