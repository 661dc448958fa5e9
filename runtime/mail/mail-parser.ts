import { availableParallelism } from 'node:os';
import type { Email } from '../../schemas/email.ts';
import { OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import { type MailLimits, mailLimits } from './limits.ts';
import type { MailContext } from './mail-context.ts';
import type { MailPart, PartWish } from './mail-parts.ts';
import { type ParsedMail, readParsedMail } from './parsed-mail.ts';
import { createParserThread, type Job, type ParserThread } from './parser-thread.ts';
import type { MailResult, MailTask } from './worker-messages.ts';

export interface MailParserOptions {
  /** Parser threads. Default: one less than the processors, so that the main thread keeps one; at least 1. */
  workers?: number;
  limits?: Partial<MailLimits>;
}

export interface MailParser {
  /**
   * Parses one mail off the event loop. The bytes stay the caller's: they are copied when the mail's turn comes (or shared, if they lie in a
   * SharedArrayBuffer), so they must not be changed before the promise settles.
   * @throws UserError `mail-too-large`, `mail-too-deep`, `mail-too-many-parts`, `mail-headers-too-large`, `mail-unparsable`
   * @throws OperationalError `parse-timeout`, `parser-crashed` (also from close(), for what was not parsed yet)
   */
  parse(bytes: Uint8Array, context: MailContext): Promise<Email>;
  /** The same, beside the JSON of the email, for whoever stores it. */
  parseToJson(bytes: Uint8Array, context: MailContext): Promise<ParsedMail>;
  /** Parts of a mail with their content, in the same threads and limits. Rejects like `parse`. */
  parts(bytes: Uint8Array, wish: PartWish): Promise<MailPart[]>;
  /** Ends the threads; mails still waiting are rejected. */
  close(): Promise<void>;
}

/** A message to a thread carries at most this many mails and bytes: enough to make its cost vanish, few enough to stay quick. */
const batchMails = 16;
const batchBytes = 512 * 1024;

/**
 * Keeps mails in order of arrival and hands them to parser threads in batches. When a thread dies or hangs, nobody knows which of
 * its mails did it, so each is tried again alone; the one that is alone when it happens again is the culprit and is rejected.
 */
export function createMailParser({ workers, limits: changed }: MailParserOptions = {}): MailParser {
  const limits: MailLimits = { ...mailLimits, ...changed };
  const waiting = createQueue();
  const threads: ParserThread[] = [];
  let closed = false;

  for (let count = workers ?? Math.max(1, availableParallelism() - 1); count > 0; count -= 1) {
    threads.push(createParserThread(limits, { idle: feed, lost: takeBack }));
  }

  function feed(): void {
    for (const thread of threads) {
      while (!waiting.isEmpty() && thread.hasRoom()) thread.run(takeBatch());
    }
  }

  function takeBatch(): Job[] {
    const batch: Job[] = [];
    let bytes = 0;
    for (let next = waiting.first(); next; next = waiting.first()) {
      const fits = batch.length < batchMails && bytes + next.bytes.length <= batchBytes;
      const mustBeAlone = next.suspect || batch[0]?.suspect === true;
      if (batch.length > 0 && (!fits || mustBeAlone)) break;
      waiting.removeFirst();
      batch.push(next);
      bytes += next.bytes.length;
    }
    return batch;
  }

  function takeBack(jobs: readonly Job[]): void {
    if (closed) for (const job of jobs) job.reject(closedError());
    else waiting.putFirst(jobs);
    feed();
  }

  function perform(bytes: Uint8Array, task: MailTask): Promise<MailResult> {
    if (closed) return Promise.reject(closedError());
    if (bytes.length > limits.sizeBytes) return Promise.reject(tooLarge(bytes.length, limits));
    return new Promise((resolve, reject) => {
      waiting.add({ bytes, task, resolve, reject, suspect: false });
      // Mails that arrive in one turn of the event loop travel together.
      queueMicrotask(feed);
    });
  }

  async function parseToJson(bytes: Uint8Array, context: MailContext): Promise<ParsedMail> {
    const result = await perform(bytes, { context });
    if ('json' in result) return readParsedMail(result.json);
    throw wrongReply();
  }

  return {
    parse: async (bytes, context) => (await parseToJson(bytes, context)).email,
    parseToJson,
    async parts(bytes, wish) {
      const result = await perform(bytes, { parts: wish });
      if ('parts' in result) return result.parts;
      throw wrongReply();
    },
    async close() {
      closed = true;
      for (let job = waiting.first(); job; job = waiting.first()) {
        waiting.removeFirst();
        job.reject(closedError());
      }
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

/** First in, first out, without shifting an array of thousands for each mail. */
function createQueue() {
  let jobs: Job[] = [];
  let head = 0;
  return {
    isEmpty: () => head === jobs.length,
    first: (): Job | undefined => jobs[head],
    add: (job: Job) => jobs.push(job),
    putFirst(back: readonly Job[]) {
      jobs = [...back, ...jobs.slice(head)];
      head = 0;
    },
    removeFirst() {
      head += 1;
      if (head < 1_000 && head < jobs.length) return;
      jobs = jobs.slice(head);
      head = 0;
    },
  };
}

function wrongReply(): UnexpectedError {
  return new UnexpectedError('parser-bug', 'A parser thread answered what it was not asked.');
}

function closedError(): OperationalError {
  return new OperationalError('parser-crashed', 'The mail parser is closed: the mail is parsed after the next start.');
}

function tooLarge(size: number, limits: MailLimits): UserError {
  return new UserError(
    'mail-too-large',
    `This mail has ${size} bytes, more than the ${limits.sizeBytes} that are taken. Route it by hand from its raw form.`,
    { data: { size, limit: limits.sizeBytes } },
  );
}
