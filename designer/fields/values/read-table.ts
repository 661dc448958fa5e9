import Papa from 'papaparse';

/** Text out of a spreadsheet, a CSV file or a hand-written list: its cells, without blanks around and without empty rows. */
export interface Table {
  rows: readonly (readonly string[])[];
  /** Of the widest row. */
  columns: number;
}

/** Rows are lines; cells are divided by tabs, semicolons or commas, whichever fits best, and may stand in quotes (RFC 4180). */
export function readTable(text: string): Table {
  const { data } = Papa.parse<string[]>(text.trim(), {
    skipEmptyLines: 'greedy',
    delimitersToGuess: ['\t', ';', ',', '|'],
  });
  const rows = data.map((row) => row.map((cell) => cell.trim()));
  return { rows, columns: Math.max(0, ...rows.map((row) => row.length)) };
}

/** The values of a table that needs no question: one column, or one row of many cells. Null where a column must be chosen. */
export function plainValues({ rows, columns }: Table): readonly string[] | null {
  const [only] = rows;
  if (columns <= 1) return rows.map((row) => row[0] ?? '');
  return rows.length === 1 && only !== undefined ? only : null;
}

export function columnOf({ rows }: Table, column: number, hasHeading: boolean): string[] {
  return rows.slice(hasHeading ? 1 : 0).map((row) => row[column] ?? '');
}

/** The column that looks like what lists are made of, addresses, else the first; and whether the first row names the columns. */
export function guessColumn({ rows, columns }: Table): { column: number; hasHeading: boolean } {
  const [first = [], ...others] = rows;
  const withAt = Array.from({ length: columns }, (_, at) => others.filter((row) => row[at]?.includes('@')).length);
  const most = Math.max(0, ...withAt);
  const column = most > 0 ? withAt.indexOf(most) : 0;
  return { column, hasHeading: most > 0 && !(first[column] ?? '').includes('@') };
}

/** One value a line, in quotes where it must be. */
export function toCsv(values: readonly string[]): string {
  return `${Papa.unparse(values.map((value) => [value]))}\r\n`;
}
