import type { Kysely } from 'kysely';
import type { Database } from '../store/database.ts';

export interface QueueCounts {
  waiting: number;
  claimed: number;
  /** Arrival of the mail that waits longest, milliseconds since the epoch; null where none waits. */
  oldestAt: number | null;
}

/** Reads only index entries of mails that wait or are claimed, however many are done. */
export async function readCounts(read: Kysely<Database>, queues: readonly string[]): Promise<Map<string, QueueCounts>> {
  const names = [...new Set([...queues, ...(await usedQueues(read))])];
  const counts = new Map(names.map((name) => [name, { waiting: 0, claimed: 0, oldestAt: null } as QueueCounts]));
  const rows = await read
    .selectFrom('interactions')
    .select((select) => [
      'queue',
      'state',
      select.fn.countAll<number>().as('n'),
      select.fn.min('received_at').as('oldest'),
    ])
    .where('queue', 'in', names)
    .where('state', 'in', ['queued', 'claimed'])
    .groupBy(['queue', 'state'])
    .execute();
  for (const row of rows) {
    const count = counts.get(row.queue ?? '');
    if (count === undefined) continue;
    if (row.state === 'claimed') count.claimed = row.n;
    else Object.assign(count, { waiting: row.n, oldestAt: row.oldest });
  }
  // A queue that is neither in the settings nor in use is only history.
  for (const [name, count] of counts) {
    if (!queues.includes(name) && count.waiting + count.claimed === 0) counts.delete(name);
  }
  return counts;
}

/** Every queue that ever held a mail, by one step in the index for each rather than by reading it all. */
async function usedQueues(read: Kysely<Database>): Promise<string[]> {
  const names: string[] = [];
  let last = '';
  for (;;) {
    const row = await read
      .selectFrom('interactions')
      .select((select) => select.fn.min('queue').as('queue'))
      .where('queue', '>', last)
      .executeTakeFirst();
    if (row === undefined || row.queue === null) return names;
    names.push(row.queue);
    last = row.queue;
  }
}
