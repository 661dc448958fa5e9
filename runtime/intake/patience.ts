import { setTimeout as sleep } from 'node:timers/promises';
import { OperationalError } from '../../schemas/errors.ts';

/** Waits and tries again, until the server stops. */
export interface Patience {
  /** Resolves after so many milliseconds, or at once when the server stops. */
  pause(ms: number): Promise<void>;
  /**
   * Repeats a write for as long as the store is in trouble: a full disk is not the mail's fault, and a second run of its flow would repeat
   * calls to the outside. Undefined if the server stops first; the next one then runs the mail anew. Throws what is not the store's trouble.
   */
  untilStored<T>(write: () => Promise<T>): Promise<T | undefined>;
}

export function createPatience(deps: {
  stopped: AbortSignal;
  delaysMs: readonly number[];
  log: { error(data: object, message: string): void };
}): Patience {
  const { stopped, delaysMs, log } = deps;

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: stopped }).catch(() => undefined);
  }

  return {
    pause,
    async untilStored(write) {
      for (let failures = 0; ; failures += 1) {
        try {
          return await write();
        } catch (thrown) {
          if (!(thrown instanceof OperationalError)) throw thrown;
          log.error({ error: thrown }, 'The store could not be written; trying again');
          await pause(delaysMs[Math.min(failures, delaysMs.length - 1)] ?? 0);
          if (stopped.aborted) return undefined;
        }
      }
    },
  };
}
