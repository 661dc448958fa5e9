import { Worker } from 'node:worker_threads';
import { OperationalError } from '../../schemas/errors.ts';
import { receiveError } from '../../schemas/sent-error.ts';
import type { Turns } from './turns.ts';
import type { Work, WriterReply, WriterRequest, WriterSettings } from './writer-messages.ts';

/** Runs writings in a thread with a connection of its own. */
export interface WriterThread<Context> {
  run(name: string, input: unknown): Promise<unknown>;
  tell(context: Context): void;
  isIdle(): boolean;
  /** Waits for what is under way, then ends it. */
  end(): Promise<void>;
}

interface Caller {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** Room for new objects in MB: rows pass through, nothing stays. */
const youngGenerationMb = 8;

export function startWriterThread<Context>(deps: {
  settings: WriterSettings<Context>;
  turns: Turns;
  /** Nothing is written before it resolves. */
  mayBegin: Promise<void>;
  /** It ended by itself; works under way were rejected. */
  onDied(error: Error): void;
}): WriterThread<Context> {
  const { turns } = deps;
  const thread = new Worker(new URL('../thread.js', import.meta.url), {
    workerData: deps.settings,
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb, maxOldGenerationSizeMb: 256 },
  });
  const callers = new Map<number, Caller>();
  let queued: Work[] = [];
  let lastId = 0;
  let begun = false;
  let leave: (() => void) | null = null;
  let taking = false;
  let posting = false;
  let cause = new Error('it ended');
  let isDead = false;
  let ending = false;
  let whenIdle: (() => void) | null = null;

  const ready = new Promise<void>((resolve) => {
    thread.on('message', (reply: WriterReply) => (reply.kind === 'ready' ? resolve() : finish(reply.done)));
  });
  thread.on('error', (error) => {
    cause = error;
  });
  const exited = new Promise<void>((resolve) => {
    thread.on('exit', () => {
      if (!ending) die();
      resolve();
    });
  });
  // Mail that waits keeps the process alive, not the thread for it.
  thread.unref();
  void Promise.all([ready, deps.mayBegin]).then(() => {
    begun = true;
    post();
  });

  /** Sends on what waits, as soon as this thread has the turn to write. While somebody else waits for the turn, nothing new is begun. */
  function post(): void {
    posting = false;
    if (!begun || queued.length === 0) return;
    if (leave === null) {
      void take();
      return;
    }
    if (turns.isWanted()) return;
    send({ kind: 'works', works: queued });
    queued = [];
  }

  async function take(): Promise<void> {
    if (taking) return;
    taking = true;
    leave = await turns.take();
    taking = false;
    if (isDead) {
      giveUpTurn();
      return;
    }
    // What is asked for in the same moment goes into the same message, whoever else wants the turn by now.
    send({ kind: 'works', works: queued });
    queued = [];
  }

  function send(request: WriterRequest<Context>): void {
    thread.postMessage(request);
  }

  function finish(done: Extract<WriterReply, { kind: 'done' }>['done']): void {
    for (const result of done) {
      const caller = callers.get(result.id);
      callers.delete(result.id);
      if ('error' in result) caller?.reject(receiveError(result.error));
      else caller?.resolve(result.value);
    }
    if (callers.size === queued.length) giveUpTurn();
    if (callers.size === 0) whenIdle?.();
    post();
  }

  function giveUpTurn(): void {
    leave?.();
    leave = null;
  }

  function die(): void {
    const message = `The thread that writes the database ended (${cause.message}). What it had not confirmed is written again.`;
    const error = new OperationalError('store-failed', message, { cause });
    isDead = true;
    queued = [];
    giveUpTurn();
    for (const caller of callers.values()) caller.reject(error);
    callers.clear();
    whenIdle?.();
    deps.onDied(error);
  }

  return {
    run(name, input) {
      lastId += 1;
      const id = lastId;
      queued.push({ id, name, input });
      if (!posting) {
        posting = true;
        queueMicrotask(post);
      }
      return new Promise((resolve, reject) => callers.set(id, { resolve, reject }));
    },
    tell: (context) => send({ kind: 'context', context }),
    isIdle: () => callers.size === 0,
    async end() {
      if (callers.size > 0) {
        await new Promise<void>((resolve) => {
          whenIdle = resolve;
        });
      }
      ending = true;
      if (!isDead) send({ kind: 'end' });
      await exited;
    },
  };
}
