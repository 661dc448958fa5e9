import { type OperationalError, type UnexpectedError, UserError } from '../../schemas/errors.ts';
import { pauseAfter } from './backoff.ts';
import { type Bell, createBell } from './bell.ts';
import type { MailboxStatus, Source, SourceContext } from './source.ts';
import type { ReadingTiming } from './source-type.ts';

/** What a session sees of the loop that it runs in. */
export interface Reading {
  /** Rung when the source is stopped or woken; a session may ring it, too. */
  readonly bell: Bell;
  /** Aborted when the source is stopped. */
  readonly signal: AbortSignal;
  readonly stopping: boolean;
  /** Somebody wants a look now, and none has begun since. */
  readonly wished: boolean;
  /** A look at the server begins. */
  looking(): void;
  /** Resolves after so many milliseconds, or when somebody wants a look now. No clock that is set wrong makes it shorter or longer. */
  rest(ms: number): Promise<void>;
  /** All is well: the next pause after an error is a short one again. */
  steady(): void;
  /** Mails were taken: the status is told anew. */
  progressed(): void;
  report(state: MailboxStatus['state'], change?: Partial<MailboxStatus>): void;
}

export interface ReadingPlan {
  context: Pick<SourceContext, 'report' | 'log'>;
  times: Pick<ReadingTiming, 'retry' | 'retryFailed'>;
  /** Where the mailbox stands, for the status; undefined while nobody knows. */
  progress(): Pick<MailboxStatus, 'newestOnServer' | 'newestTaken' | 'lag'> | undefined;
  /** Reads until the source is stopped, or rejects. */
  session(reading: Reading): Promise<void>;
  /** A UserError waits for a person, and is tried again seldom. */
  explain(thrown: unknown): UserError | OperationalError | UnexpectedError;
}

/** A source that reads until stopped: after every error it comes back, after jittered pauses that grow. */
export function keepReading({ context, times, progress, session, explain }: ReadingPlan): Source {
  const bell = createBell();
  const stopped = new AbortController();
  let status: MailboxStatus = { state: 'starting' };
  let wished = false;
  let failures = 0;
  let running: Promise<void> | undefined;
  const reading: Reading = {
    bell,
    signal: stopped.signal,
    get stopping() {
      return stopped.signal.aborted;
    },
    get wished() {
      return wished;
    },
    looking() {
      wished = false;
    },
    async rest(ms) {
      const end = performance.now() + ms;
      const left = () => (reading.stopping || wished ? 0 : end - performance.now());
      while (left() > 0) await bell.sleep(left());
    },
    steady() {
      failures = 0;
    },
    progressed() {
      reading.report(status.state);
    },
    report(state, change = {}) {
      status = { ...status, ...progress(), ...change, state };
      const { nextRetryAt, lastError, problems = [], ...rest } = status;
      context.report({
        ...rest,
        ...(nextRetryAt && { nextRetryAt }),
        ...(lastError && { lastError }),
        ...(problems.length > 0 && { problems }),
      });
    },
  };

  async function run(): Promise<void> {
    while (!reading.stopping) {
      try {
        reading.report(status.state, { nextRetryAt: undefined });
        await session(reading);
      } catch (thrown) {
        if (reading.stopping) break;
        failures += 1;
        await pause(explain(thrown));
      }
    }
  }

  async function pause(error: ReturnType<typeof explain>): Promise<void> {
    const waitsForPerson = error instanceof UserError;
    const length = pauseAfter(failures, waitsForPerson ? times.retryFailed : times.retry);
    const now = Date.now();
    context.log.warn(
      { code: error.code, failures, pause: length, error: error.message },
      'the mailbox cannot be read; trying again later',
    );
    reading.report(waitsForPerson ? 'failed' : 'retrying', {
      nextRetryAt: new Date(now + length).toISOString(),
      lastError: { code: error.code, message: error.message, at: new Date(now).toISOString() },
    });
    // What rang before the error is not a wish for another try.
    await bell.sleep(0);
    if (!reading.stopping) await bell.sleep(length);
  }

  return {
    start() {
      running ??= run().finally(() => reading.report('stopped', { nextRetryAt: undefined }));
    },
    async stop() {
      stopped.abort();
      bell.ring();
      await running;
    },
    wake() {
      wished = true;
      bell.ring();
    },
  };
}
