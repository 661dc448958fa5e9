import type { Store } from './store.ts';
import { runWriting, type Writer, type WritingSide, type WritingTable, writerOf } from './writer.ts';
import { startWriterThread, type WriterThread } from './writer-thread.ts';

/** So many writings waiting at a time show a load worth a thread: it takes a fifth of a second to start and some 15 MB. */
const startAt = 64;
/** A thread that had less than this to do between two looks is not worth its memory. */
const worthKeeping = 64;
const lookMs = 10_000;
/** A thread that ended by itself would end again at once: until then the store's own connection does all the work. */
const restMs = 60_000;

export interface ThreadedWriter<T extends WritingTable> {
  write: Writer<T>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/**
 * Runs writings on the store's own connection as long as there are few, and in a thread while there are many: under load, SQLite takes half of
 * all the work for a mail, and the event loop that fetches mail and runs flows gets that half free.
 *
 * One side writes at a time, and begins afresh: what writings remember of what they wrote stays true.
 */
export function createThreadedWriter<T extends WritingTable, Context>(deps: {
  store: Pick<Store, 'commit' | 'beforeCommit' | 'turns' | 'file'>;
  createSide(): WritingSide<T>;
  /** Module that calls `serveWritings` with the same table. */
  entry: URL;
  context: { read(): Context; onChange(listener: () => void): () => void };
  log: { error(data: object, message: string): void };
}): ThreadedWriter<T> {
  const { store, context } = deps;
  let side = deps.createSide();
  let thread: WriterThread<Context> | null = null;
  let here = 0;
  let whenNoneHere: (() => void) | null = null;
  let there = 0;
  let timer: NodeJS.Timeout | undefined;
  let notBefore = 0;
  store.beforeCommit((tx) => side.beforeCommit(tx));
  const forget = context.onChange(() => thread?.tell(context.read()));

  async function runHere(name: string, input: unknown): Promise<unknown> {
    here += 1;
    if (here >= startAt && Date.now() >= notBefore) start();
    try {
      return await store.commit((tx) => runWriting(side.writings, name, tx, input));
    } finally {
      here -= 1;
      if (here === 0) whenNoneHere?.();
    }
  }

  function start(): void {
    thread = startWriterThread({
      settings: { entry: deps.entry.href, file: store.file, context: context.read() },
      turns: store.turns,
      mayBegin: new Promise<void>((resolve) => {
        whenNoneHere = resolve;
      }),
      onDied(error) {
        deps.log.error({ error }, 'The thread that writes the database ended; the main thread writes instead');
        notBefore = Date.now() + restMs;
        back();
      },
    });
    there = 0;
    timer = setInterval(look, lookMs).unref();
  }

  function back(): void {
    clearInterval(timer);
    thread = null;
    whenNoneHere = null;
    side = deps.createSide();
  }

  function look(): void {
    if (there < worthKeeping && thread?.isIdle() === true) void stop();
    there = 0;
  }

  async function stop(): Promise<void> {
    const ended = thread;
    back();
    await ended?.end();
  }

  return {
    write: writerOf<T>(Object.keys(side.writings), (name, input) => {
      if (thread === null) return runHere(name, input);
      there += 1;
      return thread.run(name, input);
    }),
    async close() {
      forget();
      await stop();
    },
  };
}
