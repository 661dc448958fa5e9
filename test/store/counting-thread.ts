import { parentPort, workerData } from 'node:worker_threads';
import { serveWritings } from '../../runtime/store/serve-writings.ts';
import { createCountingTable } from './counting-table.ts';

if (parentPort === null) throw new Error('counting-thread.ts runs as a worker thread only');
let { context } = workerData;
const writings = createCountingTable({ read: () => context });
serveWritings<string>(parentPort, workerData.file, { writings, beforeCommit: async () => {} }, (changed) => {
  context = changed;
});
