import type { Transaction } from 'kysely';
import type { Database } from './database.ts';
import type { Closing } from './group-commit.ts';
import type { Store } from './store.ts';

/**
 * A piece of writing with a name: plain data in, plain data out, so that it can run in a thread. The rules of `Store.commit` hold for it:
 * it awaits nothing but its `tx`, and may be run twice, the first time undone.
 */
export type WritingTable = {
  readonly [name: string]: (tx: Transaction<Database>, input: never) => Promise<unknown>;
};

/** The writings of one side, with a memory of their own, and what they leave to be written once at the end of each transaction. */
export interface WritingSide<T extends WritingTable> {
  writings: T;
  beforeCommit: Closing;
}

/** The writings of a table, each durable when its promise resolves; rejects like `Store.commit`. */
export type Writer<T extends WritingTable> = {
  readonly [N in keyof T]: (input: Parameters<T[N]>[1]) => ReturnType<T[N]>;
};

/** Makes a writer of what runs one writing by its name. */
export function writerOf<T extends WritingTable>(
  names: readonly string[],
  run: (name: string, input: unknown) => Promise<unknown>,
): Writer<T> {
  const entries = names.map((name) => [name, (input: unknown) => run(name, input)]);
  // The table's own functions, each under its name and with its input: what runs them keeps their types.
  return Object.fromEntries(entries) as Writer<T>;
}

/** Runs each writing as a commit of the store's own. */
export function writeHere<T extends WritingTable>(
  store: Pick<Store, 'commit' | 'beforeCommit'>,
  { writings, beforeCommit }: WritingSide<T>,
): Writer<T> {
  store.beforeCommit(beforeCommit);
  return writerOf<T>(Object.keys(writings), (name, input) =>
    store.commit((tx) => runWriting(writings, name, tx, input)),
  );
}

/** @param input belongs to the writing of that name: `Writer` saw to it. */
export async function runWriting(
  writings: WritingTable,
  name: string,
  tx: Transaction<Database>,
  input: unknown,
): Promise<unknown> {
  return writings[name]?.(tx, input as never);
}
