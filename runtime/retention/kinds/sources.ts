import { sql } from 'kysely';
import { isEnded, isSettled } from './ended.ts';
import { type Kind, listOf } from './kind.ts';
import { walkLedger } from './ledger-walk.ts';

/** Mails byte for byte, with their attachments. What the engine saw of them stays. */
export const sources: Kind = {
  find: (db, rule, place, rows) =>
    walkLedger(db, rule, place, {
      rows,
      first: sql`select min(ledger) as ledger from raw_mails`,
      may: sql<boolean>`(
        ledger.removed is null and ${isSettled(rule)}
        and exists (select 1 from raw_mails where raw_mails.ledger = ledger.id)
        and not exists (select 1 from interactions as each where each.ledger = ledger.id and not ${isEnded('each', rule)})
      )`,
    }),

  async remove(tx, keys, { removal }) {
    await sql`delete from raw_mails where ledger in ${listOf(keys)}`.execute(tx);
    await sql`update ledger set removed = ${removal} where id in ${listOf(keys)}`.execute(tx);
  },
};
