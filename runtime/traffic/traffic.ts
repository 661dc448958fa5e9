import { type Kysely, sql } from 'kysely';
import type { Topic } from '../../schemas/api/system.ts';
import type { Traffic, TrafficWindow } from '../../schemas/api/traffic.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { readTraffic } from './read-traffic.ts';
import { fineForMs, hourOf, keptForMs } from './spans.ts';

/** Open pages are told at most this often: a map of what flows needs no more. */
const tellMs = 2_000;
const sweepMs = 300_000;

export interface TrafficCounts {
  /** Mails were counted: whoever watches is told, soon. */
  wasCounted(): void;
  read(flow: string, version: number, window: TrafficWindow): Promise<Traffic>;
  /** Begins to make old counts coarser, and to forget them. */
  start(): void;
  stop(): Promise<void>;
}

export function createTraffic(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  clock: { now(): number };
  log: { error(data: object, message: string): void };
  onChange: (topic: Topic) => void;
}): TrafficCounts {
  const { clock, store } = deps;
  let telling: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  function sweep(): void {
    const now = clock.now();
    sweeping = store
      .commit((tx) => forget(tx, now))
      .catch((thrown: unknown) => deps.log.error({ error: coerceError(thrown) }, 'Old traffic counts were not swept'));
  }

  return {
    wasCounted() {
      telling ??= setTimeout(() => {
        telling = undefined;
        deps.onChange('traffic');
      }, tellMs).unref();
    },
    read: (flow, version, window) => readTraffic(store.read, { flow, version, window, now: clock.now() }),
    start() {
      sweep();
      timer = setInterval(sweep, sweepMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      clearTimeout(telling);
      await sweeping;
    },
  };
}

/** Spans that are no longer looked at finely become hours; hours beyond every window go. */
async function forget(tx: Kysely<Database>, now: number): Promise<void> {
  const fineUntil = hourOf(now - fineForMs);
  const isFine = sql<boolean>`since < ${fineUntil} and since % 3600000 <> 0`;
  await sql`
    insert into traffic (flow, version, since, sheet, action, outcome, mails)
    select flow, version, since - since % 3600000, sheet, action, outcome, sum(mails)
    from traffic where ${isFine}
    group by flow, version, since - since % 3600000, sheet, action, outcome
    on conflict (flow, version, since, sheet, action, outcome) do update set mails = traffic.mails + excluded.mails
  `.execute(tx);
  await tx.deleteFrom('traffic').where(isFine).execute();
  await tx
    .deleteFrom('traffic')
    .where('since', '<', now - keptForMs)
    .execute();
}
