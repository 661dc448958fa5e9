import { parentPort, workerData } from 'node:worker_threads';
import { UnexpectedError } from '../../schemas/errors.ts';
import { parseMail } from './parse-mail.ts';
import {
  type BatchReply,
  type BatchRequest,
  type MailReply,
  replyWithError,
  type WorkerSettings,
} from './worker-messages.ts';

/** A parser thread. One batch at a time; the mails of a batch interleave, which hides the parser's waits between chunks. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'parse-worker.ts runs as a worker thread only');
const { limits } = workerData as WorkerSettings; // set by the pool, the only one who starts this file
let last: Promise<void> = Promise.resolve();
port.on('message', (request: BatchRequest) => {
  last = last.then(async () => port.postMessage(await runBatch(request)));
});

async function runBatch({ id, mails }: BatchRequest): Promise<BatchReply> {
  const results = mails.map(({ bytes, context }) =>
    parseMail(bytes, context, limits).then((email): MailReply => ({ json: JSON.stringify(email) }), replyWithError),
  );
  return { id, results: await Promise.all(results) };
}
