import { coerceError, UserError } from '../../schemas/errors.ts';
import type { MailEntry } from './mail-entry.ts';
import { createPatience } from './patience.ts';
import { maxAttempts, type Pending } from './pending.ts';
import type { InteractionSettlement } from './run.ts';
import type { Settle } from './settle.ts';
import { quarantined, reasonOf, type Settlement } from './settlement.ts';

/**
 * Keeps many mails on their way at once: parsed in parallel by the workers, run, then settled many to a commit.
 * Memory is bounded by the limits below whatever the backlog; what does not fit waits in the ledger and is read back.
 */
const limits = {
  /** Mails parsed, run or settled at the same time: enough to fill a group commit while flows wait for a data action. */
  inFlight: 64,
  /** Bytes of mails being parsed; a single larger one goes alone. Fifty mails of 20 MB must not be in memory together. */
  bytesInFlight: 24 * 1024 * 1024,
  /** Mails waiting in memory, and the bytes that they may keep there for the parser. */
  waiting: 1_000,
  bytesWaiting: 16 * 1024 * 1024,
  /** Rows read back at a time. */
  readBack: 200,
} as const;

/** Between the tries of one mail; and for a store that cannot be written, the last one again and again. */
export const defaultRetryDelaysMs = [1_000, 10_000, 30_000] as const;

export interface Pump {
  /** Takes mails that were just accepted, in order. */
  offer(entries: readonly MailEntry[]): void;
  /** There may be mails in the ledger that were not offered. */
  missed(): void;
  /** Takes a mail that a person put back. Its place in the order is past, so it goes last. */
  again(entry: MailEntry): void;
  start(): Promise<void>;
  /** Resolves when nothing is under way any more; what is not settled waits in the ledger. */
  stop(): Promise<void>;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

export function createPump(deps: {
  pending: Pending;
  /** Parse, route, run: one try. Throws where the try failed. */
  attempt(entry: MailEntry): Promise<InteractionSettlement[]>;
  settle: Settle;
  /** Resolves when a try would begin at once. Never rejects. */
  warmUp(): Promise<void>;
  onSettled(entry: MailEntry, settled: readonly InteractionSettlement[]): void;
  log: { warn(data: object, message: string): void; error(data: object, message: string): void };
  retryDelaysMs: readonly number[];
}): Pump {
  const { pending, log } = deps;
  const waiting: MailEntry[] = [];
  /**
   * Mails that may have been under way when the former process ended. They are tried one at a time, each counted just before: if one of
   * them ends the process again, no other is blamed for it; and a server that is killed for other reasons quarantines nobody.
   */
  const suspects: MailEntry[] = [];
  const known = new Set<number>();
  const underWay = new Set<Promise<void>>();
  let bytesWaiting = 0;
  let bytesInFlight = 0;
  let inFlight = 0;
  let suspectInFlight = false;
  /** True while the ledger holds received mails that are not in memory. */
  let behind = true;
  let readingBack = false;
  /** The highest ledger id ever taken over; reading back goes on from it. */
  let taken = 0;
  let leftByFormerProcess = 0;
  let suspectsExpected: number = limits.inFlight;
  const stopping = new AbortController();
  const { pause, untilStored } = createPatience({ stopped: stopping.signal, delaysMs: deps.retryDelaysMs, log });
  let started = false;
  let warm: Promise<void> | undefined;
  let idleWaiters: (() => void)[] = [];

  function enqueue(entry: MailEntry): void {
    if (known.has(entry.ledger)) return;
    known.add(entry.ledger);
    taken = Math.max(taken, entry.ledger);
    if (entry.bytes !== null && bytesWaiting + entry.size > limits.bytesWaiting) entry.bytes = null;
    if (entry.bytes !== null) bytesWaiting += entry.size;
    waiting.push(entry);
  }

  /** Starts whatever may run now. Called after every event that can change that. */
  function turn(): void {
    if (!started || stopping.signal.aborted) return;
    if (behind && !readingBack && waiting.length < limits.readBack) track(readBack());
    const suspect = suspectInFlight ? undefined : suspects.shift();
    if (suspect !== undefined) {
      suspectInFlight = true;
      track(
        handleSuspect(suspect).finally(() => {
          suspectInFlight = false;
        }),
      );
    }
    for (let next = waiting[0]; next !== undefined && mayStart(next); next = waiting[0]) {
      waiting.shift();
      if (next.bytes !== null) bytesWaiting -= next.size;
      track(handle(next));
    }
    if (isIdle()) {
      const waiters = idleWaiters;
      idleWaiters = [];
      for (const resolve of waiters) resolve();
    }
  }

  function mayStart(entry: MailEntry): boolean {
    if (inFlight >= limits.inFlight) return false;
    return inFlight === 0 || bytesInFlight + entry.size <= limits.bytesInFlight;
  }

  function isIdle(): boolean {
    return !behind && waiting.length === 0 && suspects.length === 0 && underWay.size === 0;
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((thrown) => log.error({ error: coerceError(thrown) }, 'Intake met an error that it did not expect'))
      .finally(() => {
        underWay.delete(tracked);
        turn();
      });
    underWay.add(tracked);
  }

  async function readBack(): Promise<void> {
    readingBack = true;
    // Cleared before reading: what is accepted from here on sets it again, and a further reading finds that.
    behind = false;
    try {
      const entries = await pending.read(taken, limits.readBack);
      if (entries.length === limits.readBack) behind = true;
      takeOver(entries);
    } catch (thrown) {
      behind = true;
      log.error({ error: coerceError(thrown) }, 'The ledger could not be read; trying again');
      await pause(deps.retryDelaysMs[0] ?? 1_000);
    } finally {
      readingBack = false;
    }
  }

  function takeOver(entries: readonly MailEntry[]): void {
    for (const entry of entries) {
      // Mails start in order, so those under way at the end of the former process are among the oldest that it left, or had failed before.
      const maybeUnderWay = entry.ledger <= leftByFormerProcess && (suspectsExpected > 0 || entry.attempts > 1);
      if (!maybeUnderWay) {
        enqueue(entry);
      } else if (!known.has(entry.ledger)) {
        suspectsExpected -= 1;
        known.add(entry.ledger);
        taken = Math.max(taken, entry.ledger);
        putSuspect(entry);
      }
    }
  }

  /** Those that were counted least come first: in a server that dies at every start, it is not always the same mail that is there. */
  function putSuspect(entry: MailEntry): void {
    const place = suspects.findIndex((other) => other.attempts > entry.attempts);
    suspects.splice(place === -1 ? suspects.length : place, 0, entry);
  }

  async function handleSuspect(entry: MailEntry): Promise<void> {
    if (entry.attempts >= maxAttempts) {
      await finish(
        entry,
        alone(entry, quarantined('stopped-the-server: Sluice ended three times while it worked on this mail.')),
      );
      return;
    }
    // Threads that only just start take longer than a mail does; their time must not count as the mail's.
    warm ??= deps.warmUp();
    await warm;
    if (stopping.signal.aborted) return;
    await untilStored(() => pending.raise([entry]));
    await handle(entry);
  }

  async function handle(entry: MailEntry): Promise<void> {
    inFlight += 1;
    bytesInFlight += entry.size;
    try {
      const settlements = await tryOnce(entry);
      // Bytes are not needed any more, and a full disk may hold this mail for hours.
      entry.bytes = null;
      if (settlements !== null) await finish(entry, settlements);
    } finally {
      inFlight -= 1;
      bytesInFlight -= entry.size;
    }
  }

  /** Null where the mail is to be tried again later. */
  async function tryOnce(entry: MailEntry): Promise<InteractionSettlement[] | null> {
    try {
      return await deps.attempt(entry);
    } catch (thrown) {
      const error = coerceError(thrown);
      const final = error instanceof UserError || entry.attempts >= maxAttempts;
      log.warn(
        { error, ledger: entry.ledger, mailbox: entry.mailbox, attempts: entry.attempts },
        final ? 'A mail is quarantined' : 'A mail could not be handled; it is tried again',
      );
      if (final) return alone(entry, quarantined(reasonOf(error)));
      track(retryLater(entry));
      return null;
    }
  }

  async function retryLater(entry: MailEntry): Promise<void> {
    await pause(deps.retryDelaysMs[entry.attempts - 1] ?? 0);
    if (stopping.signal.aborted) return;
    await untilStored(() => pending.raise([entry]));
    waiting.push(entry);
  }

  async function finish(entry: MailEntry, settlements: readonly InteractionSettlement[]): Promise<void> {
    let written = settlements;
    let settled: boolean | undefined;
    try {
      settled = await untilStored(() => deps.settle(entry, settlements));
    } catch (thrown) {
      // Not the disk but this mail's data or our own code: it must not be lost with it.
      log.error({ error: coerceError(thrown), ledger: entry.ledger }, 'A mail could not be settled; it is quarantined');
      written = alone(entry, quarantined(reasonOf(thrown)));
      settled = await untilStored(() => deps.settle(entry, written));
    }
    if (settled === undefined) return;
    known.delete(entry.ledger);
    if (settled) deps.onSettled(entry, written);
  }

  return {
    offer(entries) {
      for (const entry of entries) {
        const inOrder = started && !behind && !readingBack && waiting.length < limits.waiting;
        if (inOrder) enqueue(entry);
        else behind = true;
      }
      turn();
    },
    missed() {
      behind = true;
      turn();
    },
    again(entry) {
      // Before the start nothing is lost: reading back begins with the oldest.
      if (!started) return;
      enqueue(entry);
      turn();
    },
    async start() {
      leftByFormerProcess = await pending.newest();
      started = true;
      turn();
    },
    async stop() {
      stopping.abort();
      while (underWay.size > 0) await Promise.all(underWay);
    },
    idle: () =>
      new Promise((resolve) => {
        idleWaiters.push(resolve);
        turn();
      }),
  };
}

function alone(entry: MailEntry, settlement: Settlement): InteractionSettlement[] {
  return [{ interaction: entry.interaction, settlement }];
}
