import type { SentError } from '../../schemas/sent-error.ts';

/** One writing asked for, by the name that the table gives it. */
export interface Work {
  id: number;
  name: string;
  input: unknown;
}

/** Given to the thread when it starts. `context` is what its writings know of the world, such as the settings. */
export interface WriterSettings<Context> {
  /** What runtime/thread.js loads. */
  entry: string;
  file: string;
  context: Context;
}

export type WriterRequest<Context> =
  | { kind: 'works'; works: readonly Work[] }
  | { kind: 'context'; context: Context }
  | { kind: 'end' };

export type Done = { id: number; value: unknown } | { id: number; error: SentError };

export type WriterReply = { kind: 'ready' } | { kind: 'done'; done: readonly Done[] };
