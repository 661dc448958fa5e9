import { Worker } from 'node:worker_threads';
import type { Authentication } from '../../schemas/email.ts';
import type { MailFacts } from './facts.ts';
import type { ProofReply, ProofRequest, ProofSettings } from './messages.ts';
import { notAnswered } from './results.ts';

/** DNS servers answer within a second, or not at all. */
const usualTimeMs = 6_000;
/** What the thread needs beyond its own limit means that it hangs. */
const graceMs = 2_000;
/** The thread reads its code first; on a busy machine that takes a while. */
const startMs = 60_000;
/** Without work the thread ends, and its memory is free. */
const idleMs = 60_000;
const limits = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 16 };

/** Checks of senders in a thread of their own, which starts with the first mail that needs one. */
export interface SenderProof {
  /** Never rejects: what could not be found out is `unknown`. */
  check(bytes: Uint8Array, facts: MailFacts): Promise<Authentication>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(authentication: Authentication): void;
  deadline: NodeJS.Timeout;
}

export function createSenderProof({
  dnsServers = [],
  timeMs = usualTimeMs,
}: {
  dnsServers?: readonly string[] | undefined;
  timeMs?: number;
}): SenderProof {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let lastId = 0;
  let idle: NodeJS.Timeout | undefined;
  let hasBegun = false;
  let closed = false;

  function start(): Worker {
    const entry = new URL('./proof-worker.ts', import.meta.url).href;
    const workerData: ProofSettings = { entry, dnsServers, timeMs };
    const started = new Worker(new URL('../thread.js', import.meta.url), { workerData, resourceLimits: limits });
    hasBegun = false;
    started.on('message', (reply: ProofReply) => (reply === null ? begin() : finish(reply.id, reply.authentication)));
    // `exit` follows, and tells the mails that were in it.
    started.on('error', () => {});
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      for (const id of waiting.keys()) finish(id, notAnswered('the check ended unexpectedly'));
    });
    started.unref();
    return started;
  }

  function begin(): void {
    hasBegun = true;
    for (const [id, job] of waiting) {
      clearTimeout(job.deadline);
      job.deadline = deadlineOf(id);
    }
  }

  function deadlineOf(id: number): NodeJS.Timeout {
    return setTimeout(() => hung(id), hasBegun ? timeMs + graceMs : startMs);
  }

  function finish(id: number, authentication: Authentication): void {
    const job = waiting.get(id);
    if (job === undefined) return;
    waiting.delete(id);
    clearTimeout(job.deadline);
    job.resolve(authentication);
    if (waiting.size === 0) rest();
  }

  function rest(): void {
    worker?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => void (waiting.size === 0 && end()), idleMs).unref();
  }

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  }

  function hung(id: number): void {
    finish(id, notAnswered('the check took too long'));
    const hanging = worker;
    // All that are in it hang with it.
    for (const other of waiting.keys()) finish(other, notAnswered('another mail held up the check'));
    if (hanging === worker) void end();
  }

  return {
    check(bytes, facts) {
      if (closed) return Promise.resolve(notAnswered('Sluice is stopping'));
      worker ??= start();
      worker.ref();
      clearTimeout(idle);
      lastId += 1;
      const id = lastId;
      const request: ProofRequest = { id, bytes, facts };
      worker.postMessage(request);
      return new Promise((resolve) => {
        waiting.set(id, { resolve, deadline: deadlineOf(id) });
      });
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      await end();
      for (const id of waiting.keys()) finish(id, notAnswered('Sluice is stopping'));
      clearTimeout(idle);
    },
  };
}
