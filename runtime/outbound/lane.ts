import { coerceError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { nextAttemptAt } from './back-off.ts';
import { bounceToken, type Sign } from './bounce-token.ts';
import { namedSender } from './envelope-sender.ts';
import { createLaneHealth } from './lane-health.ts';
import type { DueRow, OutboxWritings, Outcome } from './outbox-rows.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import type { Recorder } from './recorder.ts';
import type { Sender, SendResult } from './sender.ts';

export interface LaneStatus {
  /** Why nothing leaves at present; null while the way out works. */
  suspended: { reason: string; until: number } | null;
  /** What the server said when it asked for patience; null if it does not. */
  slowed: string | null;
  note: string | null;
  inFlight: number;
  lastSuccessAt: number | null;
}

/** One outbound mailbox at work: takes its waiting rows to its sender, and has it written down what became of them. */
export interface Lane {
  wake(): void;
  /** With a changed mailbox; mails under way keep the connection that they have. */
  change(mailbox: OutboundMailbox): void;
  /** What keeps it from trying is forgotten, and it tries. */
  tryNow(): void;
  status(): LaneStatus;
  /** Takes nothing new; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/** The poll is the truth, `wake` only a hint. */
const pollMs = 1_000;

export interface LaneDeps {
  write: OutboxWritings;
  recorder: Recorder;
  clock: { now(): number };
  log: {
    info(data: object, message: string): void;
    warn(data: object, message: string): void;
    error(data: object, message: string): void;
  };
  sign: Sign;
  senderFor: (mailbox: OutboundMailbox) => Sender;
  /** When mails left within the last day. */
  sentBefore: (mailbox: OutboundMailbox) => Promise<number[]>;
  cutOff: AbortSignal;
}

export function createLane(first: OutboundMailbox, deps: LaneDeps): Lane {
  const { write, recorder, clock, log } = deps;
  const health = createLaneHealth({
    info: (data, message) => log.info({ outbound: first.id, ...data }, message),
    warn: (data, message) => log.warn({ outbound: first.id, ...data }, message),
  });
  const inFlight = new Set<Promise<void>>();
  let mailbox = first;
  let sender: Sender | null = null;
  let limit: RateLimit | null = null;
  let refusesNullSender = false;
  let running = false;
  let again = false;
  let stopping = false;
  let pass: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  function usableSender(): Sender | null {
    try {
      sender ??= deps.senderFor(mailbox);
      return sender;
    } catch (thrown) {
      health.suspend(coerceError(thrown).message, clock.now());
      return null;
    }
  }

  /** Sends it; where the server takes no null sender, by a named one. */
  async function send(row: DueRow, by: Sender): Promise<{ result: SendResult; from: string }> {
    const attempt = async (from: string) => ({
      from,
      result: await by
        .send({ envelope: { from, to: row.to_address, id: bounceToken(row.id, deps.sign) }, raw: row.raw }, deps.cutOff)
        .catch((thrown): SendResult => ({ state: 'uncertain', reason: coerceError(thrown).message })),
    });
    const named = namedSender(mailbox, row.from_address, row.id, deps.sign);
    const first = await attempt(row.envelope_from === '' && refusesNullSender ? named : row.envelope_from);
    if (first.from !== '' || first.result.state !== 'failed' || first.result.isSenderRefused !== true) return first;
    const second = await attempt(named);
    if (second.result.state === 'sent' && !refusesNullSender) {
      refusesNullSender = true;
      log.warn({ outbound: mailbox.id, reason: first.result.reason }, 'The server refuses the null sender');
    }
    return second;
  }

  async function deliver(row: DueRow, by: Sender): Promise<void> {
    const { result, from } = await send(row, by);
    health.learn(result, clock.now());
    const outcome = outcomeOf(row, result, clock.now());
    await recorder.record(from === row.envelope_from ? outcome : { ...outcome, envelopeFrom: from });
  }

  async function takeDue(): Promise<void> {
    const now = clock.now();
    if (!mailbox.enabled || health.restsUntil(now) !== null) return;
    const by = usableSender();
    if (by === null) return;
    limit ??= createRateLimit(mailbox.limits, await deps.sentBefore(mailbox));
    const free = Math.min(health.width(mailbox.connections, now) - inFlight.size, limit.free(now));
    if (free <= 0) return;
    const rows = await write.claimDue({ outbound: mailbox.id, now, limit: free });
    limit.count(now, rows.length);
    for (const row of rows) {
      const sending: Promise<void> = deliver(row, by).finally(() => {
        inFlight.delete(sending);
        wake();
      });
      inFlight.add(sending);
    }
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await takeDue();
      } while (again && !stopping);
    } catch (thrown) {
      log.error({ error: coerceError(thrown), outbound: mailbox.id }, 'The outbox could not be read; trying again');
    } finally {
      running = false;
      schedule();
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (stopping) return;
    const now = clock.now();
    const freeAt = limit === null || inFlight.size > 0 ? now : limit.freeAt(now);
    timer = setTimeout(wake, freeAt > now ? Math.min(pollMs, freeAt - now) : pollMs);
  }

  function wake(): void {
    if (stopping) return;
    again = true;
    if (running) return;
    running = true;
    pass = run();
  }

  return {
    wake,
    change(next) {
      mailbox = next;
      void sender?.close();
      sender = null;
      limit = null;
      refusesNullSender = false;
      health.forget();
      wake();
    },
    tryNow() {
      health.forget();
      wake();
    },
    status: () => ({
      suspended: health.suspended(clock.now()),
      slowed: health.slowed(),
      note: refusesNullSender
        ? `The server refuses mails without a sender. Answers go out as ${mailbox.bounceAddress ?? 'their From address'}, which reports of failure then come to.`
        : null,
      inFlight: inFlight.size,
      lastSuccessAt: health.lastSuccessAt(),
    }),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await pass;
      await Promise.all(inFlight);
      await sender?.close();
    },
  };
}

function outcomeOf(row: DueRow, result: SendResult, now: number): Outcome {
  const outcome = { id: row.id, attempts: 1, nextAttemptAt: null, sentAt: null } as const;
  switch (result.state) {
    case 'sent':
      return { ...outcome, state: 'sent', reason: result.response, sentAt: now };
    case 'failed':
    case 'uncertain':
      return { ...outcome, state: result.state, reason: result.reason };
    case 'unavailable':
      return { ...outcome, state: 'waiting', reason: result.reason, attempts: 0 };
    case 'retry': {
      const next = nextAttemptAt(row.attempts + 1, row.queued_at, now, Math.random());
      if (next === null) return { ...outcome, state: 'failed', reason: `Given up after 4 days: ${result.reason}` };
      return { ...outcome, state: 'waiting', reason: result.reason, nextAttemptAt: next };
    }
  }
}
