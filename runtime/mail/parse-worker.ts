import { parentPort, workerData } from 'node:worker_threads';
import { UnexpectedError } from '../../schemas/errors.ts';
import { readParts } from './mail-parts.ts';
import { parseMail } from './parse-mail.ts';
import {
  type BatchReply,
  type BatchRequest,
  type MailReply,
  type MailResult,
  type MailTask,
  replyWithError,
  type WorkerSettings,
} from './worker-messages.ts';

/** A parser thread. One batch at a time; the mails of a batch interleave, which hides the parser's waits between chunks. */
const port = parentPort;
if (!port) throw new UnexpectedError('not-a-worker', 'parse-worker.ts runs as a worker thread only');
const { limits } = workerData as WorkerSettings; // set by the pool, the only one who starts this file
let last: Promise<void> = Promise.resolve();
port.on('message', (request: BatchRequest) => {
  last = last.then(async () => {
    const reply = await runBatch(request);
    port.postMessage(reply, reply.results.flatMap(movable));
  });
});

async function runBatch({ id, mails }: BatchRequest): Promise<BatchReply> {
  const results = mails.map(({ bytes, task }) => perform(bytes, task).catch(replyWithError));
  return { id, results: await Promise.all(results) };
}

async function perform(bytes: Uint8Array, task: MailTask): Promise<MailResult> {
  if ('parts' in task) return { parts: await readParts(bytes, task.parts, limits) };
  return { json: JSON.stringify(await parseMail(bytes, task.context, limits)) };
}

/** An attachment may be large: it moves to the other thread in place of being copied. */
function movable(reply: MailReply): ArrayBuffer[] {
  return 'parts' in reply ? reply.parts.map(({ content }) => content.buffer) : [];
}
