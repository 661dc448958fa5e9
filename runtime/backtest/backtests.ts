import { Worker } from 'node:worker_threads';
import type { Kysely } from 'kysely';
import type { BacktestEvent, BacktestMail } from '../../schemas/api/backtest.ts';
import { OperationalError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import type { BacktestJob, Comparison } from './job.ts';
import { createRunBoth } from './run-both.ts';
import { readMail } from './stored-mails.ts';

export interface Backtests {
  /**
   * Runs in a thread of its own, one backtest after the other; tells its events and resolves when there are no more: at the end, after an
   * `error`, or when the signal said that nobody wants them any more.
   *
   * @throws OperationalError `too-many-backtests`, at once.
   */
  run(job: BacktestJob, tell: (event: BacktestEvent) => void, signal: AbortSignal): Promise<void>;
  /** Both runs on one mail. Throws UserError `interaction-not-found` (404). */
  runOne(comparison: Comparison, interaction: string): Promise<BacktestMail>;
  /** Ends what runs and what waits. */
  stop(): Promise<void>;
}

/** One runs and the others wait: two would only take the second core from the mail that comes in. */
const maxWaiting = 20;

/** One mail with both its runs, and the modules: this is many times what is needed; a flow that makes huge values ends its own thread only. */
const limits = { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 32 };

export function createBacktests(deps: {
  /** The database that `read` reads, too. */
  file: string;
  read: Kysely<Database>;
  log: { error(data: object, message: string): void };
}): Backtests {
  const stopping = new AbortController();
  /** Resolves when every backtest that was asked for is over. */
  let last: Promise<void> = Promise.resolve();
  let pending = 0;

  function runInThread(job: BacktestJob, tell: (event: BacktestEvent) => void, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const entry = new URL('./backtest-worker.ts', import.meta.url).href;
      const worker = new Worker(new URL('../thread.js', import.meta.url), {
        workerData: { entry, file: deps.file, job },
        resourceLimits: limits,
      });
      const end = () => void worker.terminate();
      signal.addEventListener('abort', end);
      worker.on('message', tell);
      worker.on('error', (error) => {
        if (signal.aborted) return;
        deps.log.error({ error, flow: job.comparison.draft.flow.id }, 'A backtest failed');
        tell({ event: 'error', code: 'backtest-failed', detail: reasonOf(error) });
      });
      worker.on('exit', () => {
        signal.removeEventListener('abort', end);
        resolve();
      });
    });
  }

  return {
    async run(job, tell, signal) {
      if (pending > maxWaiting) {
        const message = `${maxWaiting} backtests wait already. Try again when some of them are done.`;
        throw new OperationalError('too-many-backtests', message);
      }
      if (pending > 0) tell({ event: 'waiting', before: pending });
      pending += 1;
      const until = AbortSignal.any([signal, stopping.signal]);
      last = last.then(async () => {
        if (!until.aborted) await runInThread(job, tell, until);
        pending -= 1;
      });
      await last;
    },
    async runOne(comparison, interaction) {
      return createRunBoth(deps.read, comparison)(await readMail(deps.read, interaction));
    },
    async stop() {
      stopping.abort();
      await last;
    },
  };
}

function reasonOf(error: unknown): string {
  const isTooBig = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isTooBig
    ? 'The flow needs too much memory on one of these mails. Look for values that grow without an end.'
    : "The backtest ended unexpectedly; the server's log has the details. Please report it.";
}
