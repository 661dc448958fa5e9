import { createHmac } from 'node:crypto';
import type { Alarm, WebhookTest } from '../../schemas/api/alarms.ts';
import { coerceError, OperationalError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import type { HttpPort } from '../engine/ports.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import type { Announce } from './alarms.ts';

const timeoutMs = 10_000;
const pollMs = 15_000;
const atOnce = 20;
const firstRetryMs = 15_000;
const longestRetryMs = 3_600_000;
/** Later a message says nothing that the page does not say better. */
const giveUpMs = 24 * 3_600_000;

/** Tells alarms to another system: each message stands in the store in the commit of its alarm, and is tried again for a day. */
export interface Webhook {
  announce: Announce;
  start(): void;
  wake(): void;
  stop(): Promise<void>;
  /** Sends what is due; resolves when each has been tried. */
  deliver(): Promise<void>;
  /** Tells of a new alarm once and at once, without the store; true where it was taken. */
  announceNow(alarm: Alarm): Promise<boolean>;
  /** Sends a test message now. */
  test(): Promise<WebhookTest>;
  undelivered(): Promise<number>;
}

export function createWebhook(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  settings: { read(): Settings; open(sealed: string): string };
  http: HttpPort;
  clock: { now(): number };
  log: { warn(data: object, message: string): void };
}): Webhook {
  const { store, settings, clock, log } = deps;
  const nextId = createIds();
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let delivering: Promise<void> | undefined;

  /** @throws what the door says, or OperationalError `webhook-refused` for any answer but 2xx. */
  async function post(id: string, body: string): Promise<number> {
    const { webhook } = settings.read().alarms;
    if (webhook === null) throw new OperationalError('no-webhook', 'No webhook is set up.');
    const seconds = Math.floor(clock.now() / 1_000);
    const signature = createHmac('sha256', settings.open(webhook.secret)).update(`${seconds}.${body}`).digest('hex');
    const { status } = await deps.http({
      method: 'POST',
      url: webhook.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Sluice',
        'sluice-event': id,
        'sluice-signature': `t=${seconds},v1=${signature}`,
      },
      body,
      timeoutMs,
      maxResponseBytes: 65_536,
    });
    if (status < 200 || status > 299) {
      throw new OperationalError('webhook-refused', `The webhook answered ${status}.`, { data: { status } });
    }
    return status;
  }

  async function tryOne({ id, body, attempts, created_at }: Waiting): Promise<void> {
    const failure = await post(id, body).then(
      () => null,
      (thrown: unknown) => coerceError(thrown).message,
    );
    const now = clock.now();
    const isOver = now - created_at >= giveUpMs;
    const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** attempts);
    if (failure !== null) log.warn({ id, attempts: attempts + 1, error: failure }, 'An alarm could not be told');
    await store.commit((tx) =>
      tx
        .updateTable('alarm_messages')
        .set({
          state: failure === null ? 'sent' : isOver ? 'failed' : 'waiting',
          attempts: attempts + 1,
          error: failure ?? '',
          next_attempt_at: now + pause,
        })
        .where('id', '=', id)
        .execute(),
    );
  }

  async function deliverDue(): Promise<void> {
    // Waiting messages of a webhook that was taken away stay until there is one again, or their day is over.
    if (settings.read().alarms.webhook === null) return;
    const now = clock.now();
    const rows = await store.read
      .selectFrom('alarm_messages')
      .select(['id', 'body', 'attempts', 'created_at'])
      .where('state', '=', 'waiting')
      // What waits for longer than any pause was put off by a clock that has been set back since.
      .where((row) => row.or([row('next_attempt_at', '<=', now), row('next_attempt_at', '>', now + longestRetryMs)]))
      .orderBy('next_attempt_at')
      .limit(atOnce)
      .execute();
    for (const row of rows) if (!stopping) await tryOne(row);
  }

  function deliver(): Promise<void> {
    delivering ??= deliverDue().finally(() => {
      delivering = undefined;
    });
    return delivering;
  }

  function wake(): void {
    clearTimeout(timer);
    if (stopping) return;
    void deliver()
      .catch((thrown: unknown) => log.warn({ error: coerceError(thrown) }, 'Messages of alarms could not be read'))
      .finally(() => {
        clearTimeout(timer);
        if (!stopping) timer = setTimeout(wake, pollMs).unref();
      });
  }

  return {
    async announce(tx, event, alarm) {
      if (settings.read().alarms.webhook === null) return;
      const now = clock.now();
      const id = nextId(now);
      await tx
        .insertInto('alarm_messages')
        .values({
          id,
          body: bodyOf(id, event, alarm, now),
          state: 'waiting',
          attempts: 0,
          created_at: now,
          next_attempt_at: now,
          error: '',
        })
        .execute();
    },
    start: wake,
    wake,
    deliver,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await delivering?.catch(() => undefined);
    },
    async announceNow(alarm) {
      if (settings.read().alarms.webhook === null) return false;
      const now = clock.now();
      const id = nextId(now);
      try {
        await post(id, bodyOf(id, 'raised', alarm, now));
        return true;
      } catch (thrown) {
        log.warn({ id, error: coerceError(thrown) }, 'An alarm could not be told');
        return false;
      }
    },
    async test() {
      const now = clock.now();
      const id = nextId(now);
      try {
        const status = await post(id, bodyOf(id, 'test', null, now));
        return { ok: true, message: `The webhook answered ${status}.` };
      } catch (thrown) {
        return { ok: false, message: coerceError(thrown).message };
      }
    },
    async undelivered() {
      const row = await store.read
        .selectFrom('alarm_messages')
        .select((select) => select.fn.countAll<number>().as('n'))
        .where('state', '=', 'waiting')
        .executeTakeFirst();
      return row?.n ?? 0;
    },
  };
}

interface Waiting {
  id: string;
  body: string;
  attempts: number;
  created_at: number;
}

function bodyOf(id: string, event: 'raised' | 'cleared' | 'test', alarm: Alarm | null, now: number): string {
  return JSON.stringify({ id, event, at: new Date(now).toISOString(), alarm });
}
