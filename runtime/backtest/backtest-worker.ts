import { parentPort, workerData } from 'node:worker_threads';
import { UnexpectedError } from '../../schemas/errors.ts';
import { openReadOnly } from '../store/read-only.ts';
import type { BacktestJob } from './job.ts';
import { runBacktest } from './run-backtest.ts';

/** Entry of the thread of one backtest; it ends with it. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'backtest-worker.ts runs as a worker thread only');
const { file, job } = workerData as { file: string; job: BacktestJob }; // set by backtests.ts, the only one who starts this file
const read = openReadOnly(file);
await runBacktest(read, job, (event) => port.postMessage(event));
await read.destroy();
