import { Worker } from 'node:worker_threads';
import { OperationalError } from '../../schemas/errors.ts';
import { receiveError } from '../../schemas/sent-error.ts';
import type { MailLimits } from './limits.ts';
import type { BatchReply, BatchRequest, MailResult, MailTask, WorkerSettings } from './worker-messages.ts';

/** One mail on its way. */
export interface Job {
  bytes: Uint8Array;
  task: MailTask;
  resolve(result: MailResult): void;
  reject(error: Error): void;
  /** It was in a thread that died: it runs alone, and if the thread dies again it is to blame. */
  suspect: boolean;
}

export interface ParserThread {
  hasRoom(): boolean;
  run(jobs: readonly Job[]): void;
  close(): Promise<void>;
}

interface ThreadOwner {
  /** A batch came back: there is room. */
  idle(): void;
  /** The thread died with these mails in it, oldest first; they are to be run again. */
  lost(jobs: readonly Job[]): void;
}

interface Batch {
  id: number;
  jobs: readonly Job[];
  bytes: number;
}

/** A second batch waits in the thread while the first is parsed, so that it never idles; large mails do not, each would be held twice. */
const batchesInThread = 2;
const bytesInThread = 1024 * 1024;

/** Runs one worker thread, starting it with the first mail and replacing it when it dies or exceeds its time. */
export function createParserThread(limits: MailLimits, owner: ThreadOwner): ParserThread {
  let worker: Worker | undefined;
  let batches: Batch[] = [];
  let lastId = 0;
  let deadline: NodeJS.Timeout | undefined;
  let failure: { code: string; message: string } | undefined;

  function start(): Worker {
    const settings: WorkerSettings = { entry: new URL('./parse-worker.ts', import.meta.url).href, limits };
    const started = new Worker(new URL('../thread.js', import.meta.url), {
      workerData: settings,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb, maxYoungGenerationSizeMb: 16 },
    });
    started.on('message', (reply: BatchReply) => finish(reply));
    started.on('error', (error) => {
      failure ??= { code: 'parser-crashed', message: `The parser thread died on this mail: ${String(error)}.` };
    });
    started.on('exit', () => {
      if (worker === started) bury();
    });
    // An idle parser must not keep a command line alive.
    started.unref();
    return started;
  }

  function finish(reply: BatchReply): void {
    const batch = batches.shift();
    if (batch?.id !== reply.id) return;
    watch();
    owner.idle();
    for (const [index, job] of batch.jobs.entries()) {
      const result = reply.results[index];
      if (result && 'error' in result) job.reject(receiveError(result.error));
      else if (result) job.resolve(result);
    }
  }

  /** The oldest batch runs; its time begins when it becomes the oldest. */
  function watch(): void {
    clearTimeout(deadline);
    if (batches.length === 0) {
      worker?.unref();
      return;
    }
    worker?.ref();
    deadline = setTimeout(() => {
      const message = `This mail took longer than ${limits.timeMs} ms to parse.`;
      failure = { code: 'parse-timeout', message };
      void worker?.terminate();
    }, limits.timeMs);
  }

  function bury(): void {
    clearTimeout(deadline);
    const [running, ...rest] = batches;
    const { code, message } = failure ?? { code: 'parser-crashed', message: 'The parser thread ended on this mail.' };
    worker = undefined;
    batches = [];
    failure = undefined;
    const again = rest.flatMap(({ jobs }) => jobs);
    const [only] = running?.jobs ?? [];
    if (only && running?.jobs.length === 1) {
      only.reject(new OperationalError(code, `${message} Look at the raw mail; retry it, or route it by hand.`));
    } else {
      for (const job of running?.jobs ?? []) job.suspect = true;
      again.unshift(...(running?.jobs ?? []));
    }
    owner.lost(again);
  }

  return {
    hasRoom() {
      const held = batches.reduce((sum, { bytes }) => sum + bytes, 0);
      return batches.length === 0 || (batches.length < batchesInThread && held < bytesInThread);
    },
    run(jobs) {
      worker ??= start();
      lastId += 1;
      const { request, transfer, bytes } = pack(lastId, jobs);
      batches.push({ id: lastId, jobs, bytes });
      worker.postMessage(request, transfer);
      if (batches.length === 1) watch();
    },
    async close() {
      await worker?.terminate();
    },
  };
}

/** Bytes in shared memory travel as they are; the others are copied once, into one buffer that is then moved. */
function pack(id: number, jobs: readonly Job[]): { request: BatchRequest; transfer: ArrayBuffer[]; bytes: number } {
  const own = jobs.filter(({ bytes }) => !(bytes.buffer instanceof SharedArrayBuffer));
  const copy = new Uint8Array(own.reduce((sum, { bytes }) => sum + bytes.length, 0));
  let end = 0;
  const mails = jobs.map(({ bytes, task }) => {
    if (bytes.buffer instanceof SharedArrayBuffer) return { bytes, task };
    copy.set(bytes, end);
    end += bytes.length;
    return { bytes: copy.subarray(end - bytes.length, end), task };
  });
  const bytes = jobs.reduce((sum, job) => sum + job.bytes.length, 0);
  return { request: { id, mails }, transfer: [copy.buffer], bytes };
}
