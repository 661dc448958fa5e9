import { coerceError } from '../../schemas/errors.ts';
import type { Store } from '../store/store.ts';
import { giveUpAfterMs, retryDelay, suspensionDelay } from './back-off.ts';
import type { CurrentSender } from './current-sender.ts';
import { type DueRow, markExpired, markInterrupted, type OutboxWritings, type Outcome } from './outbox-rows.ts';
import { createRecorder } from './recorder.ts';
import type { Sender, SendResult } from './sender.ts';

/** Mails on the wire at a time. Only so many can become `uncertain` by a crash, and small servers allow no more connections. */
const maxInFlight = 5;

/** Captured mails cross no wire: as many as one commit may well change. */
const captureBatch = 200;

/** The poll is the truth, `wake` only a hint. */
const pollMs = 1_000;

/** Where mails under way hang, stopping does not wait for ever. */
const stopDeadlineMs = 10_000;

export interface DeliveryStatus {
  /** Why nothing leaves at present; null while the way out works. */
  suspended: { reason: string; until: number } | null;
  inFlight: number;
}

/** Takes waiting rows to the sender, and writes down what became of them. */
export interface Delivery {
  start(): Promise<void>;
  wake(): void;
  /** No new mail leaves; those under way end, or are cut off after the deadline. */
  stop(): Promise<void>;
  status(): DeliveryStatus;
}

interface DeliveryDeps {
  store: Store;
  write: OutboxWritings;
  sender: CurrentSender;
  clock: { now(): number };
  log: {
    info(data: object, message: string): void;
    warn(data: object, message: string): void;
    error(data: object, message: string): void;
  };
  onRecorded(): void;
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, write, clock, log } = deps;
  const recorder = createRecorder({ write, log, onRecorded: deps.onRecorded });
  const cutOff = new AbortController();
  const inFlight = new Set<Promise<void>>();
  let running = false;
  let again = false;
  let pass: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** Failures in a row of the way out; while there are any, one mail at a time tries it. */
  let failures = 0;
  let suspended: { reason: string; until: number } | null = null;

  function suspend(reason: string): void {
    // Mails that were under way together fail together: that is one failure, not five.
    if (suspended !== null && suspended.until > clock.now()) return;
    failures += 1;
    const until = clock.now() + suspensionDelay(failures, Math.random());
    suspended = { reason, until };
    log.warn({ reason, failures, until: new Date(until).toISOString() }, 'Outgoing mail is suspended');
  }

  function resume(): void {
    if (failures > 0) log.info({}, 'Outgoing mail works again');
    failures = 0;
    suspended = null;
  }

  function usableSender(): Sender | null {
    try {
      const { sender, fresh } = deps.sender.get();
      if (fresh) {
        failures = 0;
        suspended = null;
      }
      return suspended !== null && suspended.until > clock.now() ? null : sender;
    } catch (thrown) {
      suspend(coerceError(thrown).message);
      return null;
    }
  }

  async function deliver(row: DueRow, sender: Sender): Promise<void> {
    const mail = { envelope: { from: row.envelope_from, to: [row.to_address] }, raw: row.raw };
    const result = await sender
      .send(mail, cutOff.signal)
      .catch((thrown): SendResult => ({ state: 'uncertain', reason: coerceError(thrown).message }));
    if (result.state === 'unavailable') suspend(result.reason);
    else if (sender.kind === 'smtp' && result.state !== 'retry') resume();
    await recorder.record(outcomeOf(row, result, sender, clock.now()));
  }

  /** One look at the table. Returns true if there may be more to take at once. */
  async function takeDue(): Promise<boolean> {
    const sender = usableSender();
    if (sender === null) {
      const reason = suspended?.reason ?? '';
      const expired = await markExpired(store, clock.now() - giveUpAfterMs, `Could not be sent for 4 days: ${reason}`);
      if (expired > 0) deps.onRecorded();
      return false;
    }
    if (sender.kind === 'capture') {
      const rows = await write.due({ now: clock.now(), limit: captureBatch });
      await Promise.all(rows.map((row) => deliver(row, sender)));
      return rows.length === captureBatch;
    }
    const free = (failures > 0 ? 1 : maxInFlight) - inFlight.size;
    if (free <= 0) return false;
    const rows = await write.claimDue({ now: clock.now(), limit: free });
    for (const row of rows) {
      const sending: Promise<void> = deliver(row, sender).finally(() => {
        inFlight.delete(sending);
        wake();
      });
      inFlight.add(sending);
    }
    return false;
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        if (await takeDue()) again = true;
      } while (again && !cutOffOrStopped());
    } catch (thrown) {
      log.error({ error: coerceError(thrown) }, 'The outbox could not be read; trying again');
    } finally {
      running = false;
      schedule();
    }
  }

  let stopping = false;
  const cutOffOrStopped = () => stopping || cutOff.signal.aborted;

  function schedule(): void {
    clearTimeout(timer);
    if (!stopping) timer = setTimeout(wake, pollMs);
  }

  function wake(): void {
    if (stopping) return;
    again = true;
    if (running) return;
    running = true;
    pass = run();
  }

  return {
    async start() {
      const interrupted = await markInterrupted(store);
      if (interrupted > 0) {
        log.warn({ mails: interrupted }, 'Mails that were being sent when Sluice stopped are uncertain');
        deps.onRecorded();
      }
      wake();
    },
    wake,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const deadline = setTimeout(() => cutOff.abort(), stopDeadlineMs);
      const giveUp = setTimeout(() => recorder.stop(), stopDeadlineMs + 1_000);
      await pass;
      await Promise.all(inFlight);
      clearTimeout(deadline);
      clearTimeout(giveUp);
      await deps.sender.close();
    },
    status: () => ({ suspended, inFlight: inFlight.size }),
  };
}

function outcomeOf(row: DueRow, result: SendResult, sender: Sender, now: number): Outcome {
  const outcome = { id: row.id, attempts: 1, nextAttemptAt: null, sentAt: null } as const;
  switch (result.state) {
    case 'sent':
      return {
        ...outcome,
        state: sender.kind === 'capture' ? 'captured' : 'sent',
        reason: result.response,
        sentAt: now,
      };
    case 'failed':
    case 'uncertain':
      return { ...outcome, state: result.state, reason: result.reason };
    case 'unavailable':
      return { ...outcome, state: 'waiting', reason: result.reason, attempts: 0 };
    case 'retry': {
      const delay = retryDelay(row.attempts + 1, Math.random());
      if (delay === null) return { ...outcome, state: 'failed', reason: `Given up after 4 days: ${result.reason}` };
      return { ...outcome, state: 'waiting', reason: result.reason, nextAttemptAt: now + delay };
    }
  }
}
