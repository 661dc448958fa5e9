import type { Transaction } from 'kysely';
import type { InteractionSummary, InteractionsPage } from '../../schemas/api/interactions.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { InteractionState } from '../../schemas/interaction.ts';
import type { Database } from '../store/database.ts';
import { cutPage, decodeCursor, defaultPageSize } from '../store/page-cursor.ts';
import type { Store } from '../store/store.ts';
import { type QueueCounts, readCounts } from './counts.ts';
import { type SummaryRow, summaryColumns, toSummary } from './interaction-summary.ts';
import { hasExpired, returnExpired } from './leases.ts';

/** A lease that ends is noticed at once by every call here; this is for the pages that nobody calls. */
const sweepMs = 1_000;

export interface Queues {
  /** Waiting mails of one queue in their order; `after` is the `next` of the page before. */
  list(queue: string, page: { limit?: number; after?: string }): Promise<InteractionsPage>;
  /** Counts of the queues named, and of any other that mails wait in, because a queue was removed under them. */
  counts(queues: readonly string[]): Promise<Map<string, QueueCounts>>;
  /** Claims the first waiting mail; null where none waits. Two callers never get the same. */
  claimNext(queue: string, user: string, leaseMs: number): Promise<InteractionSummary | null>;
  /**
   * Claims this mail, or renews the caller's own lease.
   *
   * @throws UserError `interaction-not-found` (404), `already-claimed` (409), `not-claimable` (409).
   */
  claim(interactionId: string, user: string, leaseMs: number): Promise<InteractionSummary>;
  /**
   * Puts a claimed mail back to the place that it had. A null user may release what anybody holds.
   *
   * @throws UserError `interaction-not-found` (404), `not-claimed` (409).
   */
  release(interactionId: string, user: string | null): Promise<InteractionSummary>;
  /**
   * Ends the work on a claimed mail: it is `done`. A null user may finish what anybody holds.
   *
   * @throws UserError `interaction-not-found` (404), `not-claimed` (409).
   */
  finish(interactionId: string, user: string | null): Promise<InteractionSummary>;
  /** Begins to put back mails whose lease is over. */
  start(): void;
  stop(): Promise<void>;
}

export function createQueues(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  clock: { now(): number };
  log: { error(data: object, message: string): void };
  onChange: (topic: Topic) => void;
}): Queues {
  const { store, clock } = deps;
  let timer: NodeJS.Timeout | null = null;
  let sweeping: Promise<void> = Promise.resolve();

  function changed(): void {
    deps.onChange('queues');
    deps.onChange('interactions');
  }

  /** Every work on queues sees leases that are over as what they are: waiting. */
  async function work<T>(change: (tx: Transaction<Database>, now: number) => Promise<T>): Promise<T> {
    const result = await store.commit(async (tx) => {
      const now = clock.now();
      await returnExpired(tx, now);
      return change(tx, now);
    });
    changed();
    return result;
  }

  async function sweep(): Promise<void> {
    if (!(await hasExpired(store.read, clock.now()))) return;
    await work(async () => undefined);
  }

  async function end(interactionId: string, user: string | null, state: 'queued' | 'done') {
    return work(async (tx, now) => {
      const row = await find(tx, interactionId);
      if (row.state !== 'claimed' || (user !== null && row.claimed_by !== user)) throw notClaimed(row);
      return change(tx, row, {
        state,
        claimed_by: null,
        claimed_until: null,
        finished_at: state === 'done' ? now : null,
      });
    });
  }

  return {
    async list(queue, { limit = defaultPageSize, after }) {
      await sweep();
      let rows = store.read
        .selectFrom('interactions')
        .select(summaryColumns)
        .where('queue', '=', queue)
        .where('state', '=', 'queued')
        .orderBy('rank')
        .orderBy('received_at')
        .orderBy('ledger')
        // Two routes may have brought one mail into the same queue.
        .orderBy('id')
        .limit(limit + 1);
      if (after !== undefined) {
        const [rank, receivedAt, ledger, id] = decodeCursor(after, ['number', 'number', 'number', 'string']);
        rows = rows.where((row) =>
          row(row.refTuple('rank', 'received_at', 'ledger', 'id'), '>', row.tuple(rank, receivedAt, ledger, id)),
        );
      }
      const page = cutPage(await rows.execute(), limit, (row) => [row.rank, row.received_at, row.ledger, row.id]);
      return { items: page.rows.map(toSummary), next: page.next };
    },

    async counts(queues) {
      await sweep();
      return readCounts(store.read, queues);
    },

    async claimNext(queue, user, leaseMs) {
      return work(async (tx, now) => {
        const row = await tx
          .selectFrom('interactions')
          .select(summaryColumns)
          .where('queue', '=', queue)
          .where('state', '=', 'queued')
          .orderBy('rank')
          .orderBy('received_at')
          .orderBy('ledger')
          .limit(1)
          .executeTakeFirst();
        if (row === undefined) return null;
        return change(tx, row, { state: 'claimed', claimed_by: user, claimed_until: now + leaseMs });
      });
    },

    async claim(interactionId, user, leaseMs) {
      return work(async (tx, now) => {
        const row = await find(tx, interactionId);
        if (row.state === 'claimed' && row.claimed_by !== user) {
          throw new UserError('already-claimed', 'Somebody else has this mail already.', {
            status: 409,
            data: { claimedBy: row.claimed_by },
          });
        }
        if (row.state !== 'queued' && row.state !== 'claimed') {
          throw new UserError(
            'not-claimable',
            `This mail is ${row.state}; only one that waits in a queue can be claimed.`,
            {
              status: 409,
              data: { state: row.state },
            },
          );
        }
        return change(tx, row, { state: 'claimed', claimed_by: user, claimed_until: now + leaseMs });
      });
    },

    release: (interactionId, user) => end(interactionId, user, 'queued'),
    finish: (interactionId, user) => end(interactionId, user, 'done'),

    start() {
      timer ??= setInterval(() => {
        sweeping = sweep().catch((error: unknown) =>
          deps.log.error({ error }, 'Mails whose lease is over could not be put back; trying again'),
        );
      }, sweepMs).unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
      await sweeping;
    },
  };
}

async function find(tx: Transaction<Database>, id: string): Promise<SummaryRow> {
  const row = await tx.selectFrom('interactions').select(summaryColumns).where('id', '=', id).executeTakeFirst();
  if (row === undefined) {
    throw new UserError('interaction-not-found', `There is no interaction ${id}, or its flow is still running.`, {
      status: 404,
    });
  }
  return row;
}

interface Change {
  state: InteractionState;
  claimed_by: string | null;
  claimed_until: number | null;
  finished_at?: number | null;
}

async function change(tx: Transaction<Database>, row: SummaryRow, set: Change): Promise<InteractionSummary> {
  await tx.updateTable('interactions').set(set).where('id', '=', row.id).execute();
  return toSummary({ ...row, ...set });
}

function notClaimed(row: SummaryRow): UserError {
  const message =
    row.state === 'claimed'
      ? 'Somebody else has this mail: they, or an administrator, can finish or release it.'
      : `This mail is ${row.state}; only one that is claimed can be finished or released.`;
  return new UserError('not-claimed', message, {
    status: 409,
    data: { state: row.state, claimedBy: row.claimed_by },
  });
}
