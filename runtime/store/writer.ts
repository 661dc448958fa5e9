import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Closing } from './group-commit.ts';
import type { Store } from './store.ts';

/**
 * A piece of writing with a name: plain data in, plain data out. The rules of `Store.commit` hold for it: it awaits nothing but its `tx`,
 * and may be run twice, the first time undone.
 */
export type WritingTable = {
  readonly [name: string]: (tx: Transaction<Database>, input: never) => Promise<unknown>;
};

/** The writings of a table, each durable when its promise resolves; rejects like `Store.commit`. */
export type Writer<T extends WritingTable> = {
  readonly [N in keyof T]: (input: Parameters<T[N]>[1]) => ReturnType<T[N]>;
};

/** @param deps.beforeCommit what the writings leave to be written once, at the end of each transaction. */
export function createWriter<T extends WritingTable>(
  store: Pick<Store, 'commit' | 'beforeCommit'>,
  deps: { writings: T; beforeCommit: Closing },
): Writer<T> {
  store.beforeCommit(deps.beforeCommit);
  const entries = Object.entries(deps.writings).map(([name, writing]) => [
    name,
    (input: never) => store.commit((tx) => writing(tx, input)),
  ]);
  // The table's own functions, each under its name and with its input.
  return Object.fromEntries(entries) as Writer<T>;
}
