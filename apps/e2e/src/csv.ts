/** RFC 4180, read by hand: the tests must not trust the writer. */
export function parseCsv(source: string, separator = ','): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < source.length; i++) {
    const sign = source[i] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (source[i + 1] === '"') cell += source[++i] ?? '';
      else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === separator) row.push(take());
    else if (sign === '\n') {
      rows.push([...row, take()]);
      row = [];
    } else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;

  function take(): string {
    const taken = cell;
    cell = '';
    return taken;
  }
}
