import { coerceError } from '../../schemas/errors.ts';
import type { OutboxWritings } from './outbox-rows.ts';
import type { Recorder } from './recorder.ts';

/** Captured mails cross no wire: as many as one commit may well change. */
const batch = 200;

/** Marks what would have been sent as `captured` where there is no way out: the outbox shows it, and nothing leaves the house. */
export interface Capture {
  wake(): void;
  stop(): Promise<void>;
}

export function createCapture(deps: {
  write: OutboxWritings;
  recorder: Recorder;
  clock: { now(): number };
  log: { error(data: object, message: string): void };
}): Capture {
  const { write, recorder, clock, log } = deps;
  let running: Promise<void> | null = null;
  let again = false;
  let stopping = false;

  async function run(): Promise<void> {
    let taken: number;
    do {
      again = false;
      const now = clock.now();
      const rows = await write.due({ outbound: '', now, limit: batch });
      taken = rows.length;
      const outcome = { state: 'captured', reason: '', attempts: 1, nextAttemptAt: null, sentAt: now } as const;
      await Promise.all(rows.map(({ id }) => recorder.record({ ...outcome, id })));
    } while ((again || taken === batch) && !stopping);
  }

  return {
    wake() {
      again = true;
      running ??= run()
        .catch((thrown: unknown) =>
          log.error({ error: coerceError(thrown) }, 'The outbox could not be read; trying again'),
        )
        .finally(() => {
          running = null;
        });
    },
    async stop() {
      stopping = true;
      await running;
    },
  };
}
