import { setTimeout as sleep } from 'node:timers/promises';
import { coerceError } from '../../schemas/errors.ts';
import type { OutboxWritings, Outcome } from './outbox-rows.ts';

/** A full disk may be cleared any minute; the outcome is kept in memory until then, since nothing else knows it. */
const retryMs = 2_000;

/** Writes down what became of mails; outcomes that come while a commit is under way share the next. */
export interface Recorder {
  /** Resolves when the outcome is durable. */
  record(outcome: Outcome): Promise<void>;
  /** Gives up what cannot be written: such rows stay `sending` and are `uncertain` at the next start. */
  stop(): void;
}

export function createRecorder(deps: {
  write: Pick<OutboxWritings, 'recordOutcomes'>;
  log: { error(data: object, message: string): void };
  onRecorded(isAnyFailed: boolean): void;
}): Recorder {
  const stopped = new AbortController();
  let pending: Outcome[] = [];
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    // Lets the outcomes of this turn of the event loop into the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      await write(batch);
      deps.onRecorded(batch.some(({ state }) => state === 'failed'));
    }
    writing = null;
  }

  async function write(batch: readonly Outcome[]): Promise<void> {
    for (;;) {
      try {
        await deps.write.recordOutcomes(batch);
        return;
      } catch (thrown) {
        const error = coerceError(thrown);
        deps.log.error(
          { error, mails: batch.length },
          'What became of outgoing mails could not be written; trying again',
        );
        if (stopped.signal.aborted) return;
        await sleep(retryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  return {
    record(outcome) {
      pending.push(outcome);
      writing ??= writeAll();
      return writing;
    },
    stop: () => stopped.abort(),
  };
}
