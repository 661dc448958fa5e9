import { parentPort, workerData } from 'node:worker_threads';
import { UnexpectedError } from '../schemas/errors.ts';
import type { Settings } from '../schemas/settings.ts';
import { serveWritings } from './store/serve-writings.ts';
import type { WriterSettings } from './store/writer-messages.ts';
import { createWritings } from './writings.ts';

/** The thread that writes while there is much to write. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'writings-thread.ts runs as a worker thread only');
const { file, context } = workerData as WriterSettings<Settings>; // set by createThreadedWriter, the only one who starts this file
let settings = context;
const side = createWritings({ settings: { read: () => settings }, clock: { now: () => Date.now() } });
serveWritings<Settings>(port, file, side, (changed) => {
  settings = changed;
});
