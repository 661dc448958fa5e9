import type { BacktestEnding } from '../../schemas/api/backtest.ts';
import { cellKey, endingKey, isSameEnding, type Results } from './results.ts';

/** Where mails ended by where they would end. */
export interface Matrix {
  from: readonly Line[];
  to: readonly Line[];
  /** By `cellKey`; absent for none. */
  counts: ReadonlyMap<string, number>;
}

interface Line {
  ending: BacktestEnding;
  mails: number;
}

/**
 * The matrix of the results; only of endings that some mail leaves or comes to, unless all are wanted: in a flow with fifty queues the few
 * that differ would be lost among the rest.
 */
export function matrixOf({ cells }: Pick<Results, 'cells'>, { all }: { all: boolean }): Matrix {
  const from = new Map<string, Line>();
  const to = new Map<string, Line>();
  const counts = new Map<string, number>();
  const shown = all ? null : changedEndings(cells);
  for (const cell of cells.values()) {
    const count = cell.mails.length;
    if (shown !== null && !(shown.has(endingKey(cell.from)) && shown.has(endingKey(cell.to)))) continue;
    counts.set(cellKey(cell.from, cell.to), count);
    add(from, cell.from, count);
    add(to, cell.to, count);
  }
  return { from: inOrder(from), to: inOrder(to), counts };
}

/** How many endings the results have, on either side. */
export function endingsOf({ cells }: Pick<Results, 'cells'>): number {
  return new Set([...cells.values()].flatMap(({ from, to }) => [endingKey(from), endingKey(to)])).size;
}

function changedEndings(cells: Results['cells']): ReadonlySet<string> {
  const differing = [...cells.values()].filter((cell) => !isSameEnding(cell));
  return new Set(differing.flatMap((cell) => [endingKey(cell.from), endingKey(cell.to)]));
}

function add(lines: Map<string, Line>, ending: BacktestEnding, mails: number): void {
  const key = endingKey(ending);
  lines.set(key, { ending, mails: (lines.get(key)?.mails ?? 0) + mails });
}

const order: readonly BacktestEnding['kind'][] = ['queue', 'disconnect', 'fallback', 'none'];

/** Queues first, those with most mails first; what went wrong last. */
function inOrder(lines: ReadonlyMap<string, Line>): Line[] {
  return [...lines.values()].sort(
    (a, b) =>
      order.indexOf(a.ending.kind) - order.indexOf(b.ending.kind) ||
      b.mails - a.mails ||
      endingKey(a.ending).localeCompare(endingKey(b.ending)),
  );
}
