/** Rows of cells as lines for people, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row) => lineOf(row, widths));
}

/** A row of cells as a line, for tables too long to be held: the widths are known before. */
export function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => cell.padEnd(widths[column] ?? 0))
    .join('  ')
    .trimEnd();
}

/** How wide an id of ours is. */
export const idWidth = 36;

/** A time of the store, as people and programs read it: to the second, in UTC. */
export const timeText = (at: number | undefined): string =>
  at === undefined ? '-' : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
