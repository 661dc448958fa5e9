import type { BacktestChange, BacktestEnding, BacktestEvent } from '../../schemas/api/backtest.ts';

/** Mails that ended in one place and would end in another, or in the same. */
export interface Cell {
  from: BacktestEnding;
  to: BacktestEnding;
  mails: readonly { id: string; changed: readonly BacktestChange[] }[];
}

/** What is known of a backtest so far. */
export interface Results {
  /** Backtests of others that come first. */
  waitingFor: number;
  /** Mails to look at; null until that is known. */
  total: number | null;
  version: number | null;
  done: number;
  skipped: number;
  cells: ReadonlyMap<string, Cell>;
  /** Null until the end. */
  tookMs: number | null;
}

export const nothingYet: Results = {
  waitingFor: 0,
  total: null,
  version: null,
  done: 0,
  skipped: 0,
  cells: new Map(),
  tookMs: null,
};

/** The results with one more event. An `error` adds nothing: whoever reads the events ends there. */
export function withEvent(results: Results, event: BacktestEvent): Results {
  switch (event.event) {
    case 'waiting':
      return { ...results, waitingFor: event.before };
    case 'begin':
      return { ...results, waitingFor: 0, total: event.mails, version: event.version };
    case 'mails':
      return { ...results, done: event.done, skipped: event.skipped, cells: withGroups(results.cells, event.groups) };
    case 'end':
      return { ...results, tookMs: event.tookMs };
    case 'error':
      return results;
  }
}

type Groups = Extract<BacktestEvent, { event: 'mails' }>['groups'];

function withGroups(cells: Results['cells'], groups: Groups): Results['cells'] {
  const grown = new Map(cells);
  for (const { from, to, changed, mails } of groups) {
    const key = cellKey(from, to);
    const before = grown.get(key)?.mails ?? [];
    grown.set(key, { from, to, mails: [...before, ...mails.map((id) => ({ id, changed }))] });
  }
  return grown;
}

export function endingKey({ kind, queue }: BacktestEnding): string {
  return queue === null ? kind : `${kind}:${queue}`;
}

export function cellKey(from: BacktestEnding, to: BacktestEnding): string {
  return `${endingKey(from)} ${endingKey(to)}`;
}

export function isSameEnding(cell: Pick<Cell, 'from' | 'to'>): boolean {
  return endingKey(cell.from) === endingKey(cell.to);
}

/** How many mails were compared, and how many of them fare differently, by what differs. */
export interface Counts {
  compared: number;
  elsewhere: number;
  changed: Record<BacktestChange, number>;
}

export function countsOf({ cells }: Pick<Results, 'cells'>): Counts {
  const counts: Counts = { compared: 0, elsewhere: 0, changed: { priority: 0, skills: 0, responses: 0 } };
  for (const cell of cells.values()) {
    counts.compared += cell.mails.length;
    if (!isSameEnding(cell)) counts.elsewhere += cell.mails.length;
    for (const { changed } of cell.mails) {
      for (const change of changed) counts.changed[change] += 1;
    }
  }
  return counts;
}

/** Mails that somebody wants to see: of one cell, or all that differ in something. */
export type Picked =
  | { is: 'elsewhere' }
  | { is: 'changed'; change: BacktestChange }
  | { is: 'cell'; from: BacktestEnding; to: BacktestEnding };

export function pickedKey(picked: Picked): string {
  if (picked.is === 'cell') return cellKey(picked.from, picked.to);
  return picked.is === 'changed' ? picked.change : picked.is;
}

/** The mails that were picked, newest first: ids sort by arrival. */
export function mailsOf({ cells }: Pick<Results, 'cells'>, picked: Picked): string[] {
  const ids: string[] = [];
  for (const cell of cells.values()) {
    if (picked.is === 'elsewhere' && isSameEnding(cell)) continue;
    if (picked.is === 'cell' && cellKey(cell.from, cell.to) !== pickedKey(picked)) continue;
    for (const { id, changed } of cell.mails) {
      if (picked.is !== 'changed' || changed.includes(picked.change)) ids.push(id);
    }
  }
  return ids.sort().reverse();
}
