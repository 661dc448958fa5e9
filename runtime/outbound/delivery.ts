import { coerceError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { Store } from '../store/store.ts';
import { giveUpAfterMs } from './back-off.ts';
import type { Sign } from './bounce-token.ts';
import { createCapture } from './capture.ts';
import { createLane, type Lane, type LaneDeps, type LaneStatus } from './lane.ts';
import { endImpossiblePauses, markInterrupted, moveWaiting, type OutboxWritings, sentSince } from './outbox-rows.ts';
import { day } from './rate-limit.ts';
import { createRecorder } from './recorder.ts';
import type { Sender } from './sender.ts';

/** How often it is looked whether settings changed and mails are to be given up. */
const lookMs = 1_000;
const expiryMs = 60_000;

/** Where mails under way hang, stopping does not wait for ever. */
const stopDeadlineMs = 10_000;

/** Every outbound mailbox at work, and the capture where there is none. */
export interface Delivery {
  start(): Promise<void>;
  wake(): void;
  /** No new mail leaves; those under way end, or are cut off after the deadline. */
  stop(): Promise<void>;
  /** Undefined for a mailbox that is not at work yet. */
  status(outbound: string): LaneStatus | undefined;
  tryNow(outbound: string): void;
}

export interface DeliveryDeps extends Pick<LaneDeps, 'clock' | 'log'> {
  store: Store;
  write: OutboxWritings;
  settings: { read(): Settings; sign: Sign };
  senderFor: (mailbox: OutboundMailbox) => Sender;
  /** @param isAnyFailed mails that were finished may wait in their queues again. */
  onRecorded(isAnyFailed?: boolean): void;
}

export function createDelivery(deps: DeliveryDeps): Delivery {
  const { store, write, clock, log, settings } = deps;
  const recorder = createRecorder({ write, log, onRecorded: deps.onRecorded });
  const cutOff = new AbortController();
  const lanes = new Map<string, { lane: Lane; text: string }>();
  const ending = new Set<Promise<void>>();
  const capture = createCapture({ write, recorder, clock, log });
  let seen: Settings | null = null;
  let known = '';
  let expiredAt = 0;
  /** The latest time that was seen. */
  let latest = 0;
  let looking: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;

  function startLane(mailbox: OutboundMailbox): Lane {
    return createLane(mailbox, {
      write,
      recorder,
      clock,
      log,
      sign: settings.sign,
      senderFor: deps.senderFor,
      sentBefore: async ({ id, limits }) =>
        limits.perDay === undefined ? [] : sentSince(store.read, id, clock.now() - day),
      cutOff: cutOff.signal,
    });
  }

  /** Settings are replaced as a whole at any change; only what they say about a mailbox concerns its lane. */
  async function follow(): Promise<void> {
    const current = settings.read();
    if (current === seen) return;
    const { outboundMailboxes, defaultOutbound } = current;
    const ids = outboundMailboxes.map(({ id }) => id);
    for (const [id, { lane }] of lanes) {
      if (ids.includes(id)) continue;
      lanes.delete(id);
      const ended: Promise<void> = lane.stop().finally(() => ending.delete(ended));
      ending.add(ended);
    }
    if (known !== JSON.stringify([ids, defaultOutbound])) {
      if ((await moveWaiting(store, ids, defaultOutbound ?? '')) > 0) deps.onRecorded();
      known = JSON.stringify([ids, defaultOutbound]);
    }
    for (const mailbox of outboundMailboxes) {
      const text = JSON.stringify(mailbox);
      const there = lanes.get(mailbox.id);
      if (there === undefined) lanes.set(mailbox.id, { lane: startLane(mailbox), text });
      else if (there.text !== text) {
        there.lane.change(mailbox);
        there.text = text;
      }
    }
    seen = current;
  }

  async function expire(): Promise<void> {
    const now = clock.now();
    if (Math.abs(now - expiredAt) < expiryMs) return;
    let expired = 0;
    for (const [outbound, { lane }] of lanes) {
      const reason =
        lane.status().suspended?.reason ?? 'the outbound mailbox is switched off or was not reached in time';
      const queuedBefore = now - giveUpAfterMs - expiryMs;
      expired += await write.giveUpExpired({
        outbound,
        queuedBefore,
        reason: `Could not be sent for 4 days: ${reason}`,
      });
    }
    expiredAt = now;
    if (expired > 0) {
      log.warn({ mails: expired }, 'Outgoing mails were given up after 4 days');
      deps.onRecorded(true);
    }
  }

  async function followClock(): Promise<void> {
    const now = clock.now();
    if (now < latest) await setBack(now);
    latest = now;
  }

  async function setBack(now: number): Promise<void> {
    const mails = await endImpossiblePauses(store, now);
    if (mails > 0) log.warn({ mails }, 'The clock has been set back: mails that waited by the former time are due');
  }

  async function look(): Promise<void> {
    try {
      await followClock();
      await follow();
      await expire();
    } catch (thrown) {
      log.error({ error: coerceError(thrown) }, 'The outbox could not be looked after; trying again');
    }
  }

  function schedule(): void {
    clearTimeout(timer);
    if (stopping) return;
    timer = setTimeout(() => {
      looking = look().finally(() => {
        wakeAll();
        schedule();
      });
    }, lookMs);
  }

  function wakeAll(): void {
    if (stopping) return;
    if (seen?.defaultOutbound === null) capture.wake();
    for (const { lane } of lanes.values()) lane.wake();
  }

  function wake(): void {
    if (stopping) return;
    // A mail that was written just now may wait by a time that is over before the next look.
    latest = Math.max(latest, clock.now());
    if (settings.read() === seen) wakeAll();
    // Settings that were saved just now are to count for the mail that comes next.
    else looking = looking.then(look).finally(wakeAll);
  }

  return {
    async start() {
      const interrupted = await markInterrupted(store);
      if (interrupted > 0) {
        log.warn({ mails: interrupted }, 'Mails that were being sent when Sluice stopped are uncertain');
        deps.onRecorded();
      }
      await setBack(clock.now());
      wake();
      schedule();
    },
    wake,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const deadline = setTimeout(() => cutOff.abort(), stopDeadlineMs);
      const giveUp = setTimeout(() => recorder.stop(), stopDeadlineMs + 1_000);
      await looking;
      await Promise.all([capture.stop(), ...ending, ...Array.from(lanes.values(), ({ lane }) => lane.stop())]);
      clearTimeout(deadline);
      clearTimeout(giveUp);
    },
    status: (outbound) => lanes.get(outbound)?.lane.status(),
    tryNow: (outbound) => lanes.get(outbound)?.lane.tryNow(),
  };
}
