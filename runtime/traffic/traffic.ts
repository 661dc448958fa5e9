import { type Kysely, sql, type Transaction } from 'kysely';
import type { Topic } from '../../schemas/api/system.ts';
import type { Traffic, TrafficWindow } from '../../schemas/api/traffic.ts';
import { coerceError } from '../../schemas/errors.ts';
import type { Run } from '../../schemas/run.ts';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import type { Store } from '../store/store.ts';
import { readTraffic } from './read-traffic.ts';
import { fineForMs, fineSpan, hourOf, keptForMs } from './spans.ts';
import { waysOf } from './ways.ts';

/** Open pages are told at most this often: a map of what flows needs no more. */
const tellMs = 2_000;
const sweepMs = 300_000;

type Row = Database['traffic'];

export interface TrafficCounts {
  /**
   * Counts a run within the transaction that settles its mail. Call it last in that work: the counts of all mails of a commit are
   * written together, and only works that stand are to be counted. Drafts are not counted.
   */
  count(tx: Transaction<Database>, run: Run): void;
  read(flow: string, version: number, window: TrafficWindow): Promise<Traffic>;
  /** Begins to make old counts coarser, and to forget them. */
  start(): void;
  stop(): Promise<void>;
}

export function createTraffic(deps: {
  store: Pick<Store, 'read' | 'commit' | 'beforeCommit'>;
  clock: { now(): number };
  log: { error(data: object, message: string): void };
  onChange: (topic: Topic) => void;
}): TrafficCounts {
  const { clock, store } = deps;
  /** What the works of a transaction have counted so far; gone with it where it is undone. */
  const counted = new WeakMap<Transaction<Database>, Map<string, Row>>();
  let telling: NodeJS.Timeout | undefined;
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> = Promise.resolve();

  const upsert = prepare<Row, never>((db, value) =>
    db
      .insertInto('traffic')
      .values({
        flow: value('flow'),
        version: value('version'),
        since: value('since'),
        sheet: value('sheet'),
        action: value('action'),
        outcome: value('outcome'),
        mails: value('mails'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['flow', 'version', 'since', 'sheet', 'action', 'outcome'])
          .doUpdateSet({ mails: sql<number>`traffic.mails + excluded.mails` }),
      )
      .$castTo<never>(),
  );

  store.beforeCommit(async (tx) => {
    const rows = counted.get(tx);
    if (rows === undefined) return;
    for (const row of rows.values()) await upsert(tx, row);
    telling ??= setTimeout(() => {
      telling = undefined;
      deps.onChange('traffic');
    }, tellMs).unref();
  });

  function sweep(): void {
    const now = clock.now();
    sweeping = store
      .commit((tx) => forget(tx, now))
      .catch((thrown: unknown) => deps.log.error({ error: coerceError(thrown) }, 'Old traffic counts were not swept'));
  }

  return {
    count(tx, run) {
      if (run.version === null) return;
      const rows = counted.get(tx) ?? new Map<string, Row>();
      counted.set(tx, rows);
      const since = fineSpan(clock.now());
      for (const [key, way] of waysOf(run)) {
        const whole = `${run.flow}\n${run.version}\n${since}\n${key}`;
        const row = rows.get(whole);
        if (row === undefined) rows.set(whole, { flow: run.flow, version: run.version, since, ...way, mails: 1 });
        else row.mails += 1;
      }
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
