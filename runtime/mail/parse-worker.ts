import { parentPort, workerData } from 'node:worker_threads';
import { UnexpectedError } from '../../schemas/errors.ts';
import { parseMail } from './parse-mail.ts';
import { type BatchReply, type BatchRequest, sendEmail, sendError, type WorkerSettings } from './worker-messages.ts';

/** Entry of a parser thread. One batch at a time; the mails of a batch interleave, which hides the parser's waits between chunks. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'parse-worker.ts runs as a worker thread only');
const { limits } = workerData as WorkerSettings; // set by the pool, the only one who starts this file
let last: Promise<void> = Promise.resolve();
port.on('message', (request: BatchRequest) => {
  last = last.then(async () => port.postMessage(await runBatch(request)));
});

async function runBatch({ id, mails, bytes }: BatchRequest): Promise<BatchReply> {
  const results = mails.map(({ start, end, context }) =>
    parseMail(bytes.subarray(start, end), context, limits).then(sendEmail, sendError),
  );
  return { id, results: await Promise.all(results) };
}
