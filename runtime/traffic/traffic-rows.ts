import { sql, type Transaction } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import { fineSpan } from './spans.ts';
import type { Passed } from './ways.ts';

type Row = Database['traffic'];

/** Counts within the transaction that settles the mails, and writes the counts of all mails of a commit together. */
export interface TrafficRows {
  count(tx: Transaction<Database>, passed: Passed, at: number): void;
  /** Writes what was counted in this transaction. */
  flush(tx: Transaction<Database>): Promise<void>;
}

export function createTrafficRows(): TrafficRows {
  /** What the works of a transaction have counted so far; gone with it where it is undone. */
  const counted = new WeakMap<Transaction<Database>, Map<string, Row>>();

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

  return {
    count(tx, passed, at) {
      const rows = counted.get(tx) ?? new Map<string, Row>();
      counted.set(tx, rows);
      const since = fineSpan(at);
      for (const way of passed) {
        const key = `${way.flow}\n${way.version}\n${since}\n${way.sheet}\n${way.action}\n${way.outcome}`;
        const row = rows.get(key);
        if (row === undefined) rows.set(key, { since, ...way, mails: 1 });
        else row.mails += 1;
      }
    },
    async flush(tx) {
      for (const row of counted.get(tx)?.values() ?? []) await upsert(tx, row);
    },
  };
}
