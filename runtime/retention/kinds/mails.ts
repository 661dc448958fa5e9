import { sql } from 'kysely';
import { isEnded, isSettled } from './ended.ts';
import { type Kind, listOf } from './kind.ts';
import { walkLedger } from './ledger-walk.ts';

/**
 * Mails with all that became of them. The ledger goes on knowing the server's key, so that no mail that still lies on its server is taken a second time.
 * A mail stays as long as any of its conversation: whoever answers the latest is to be known.
 */
export const mails: Kind = {
  find: (db, rule, place, rows) =>
    walkLedger(db, rule, place, {
      rows,
      first: sql`select min(ledger) as ledger from interactions`,
      may: sql<boolean>`(
        ${isSettled(rule)}
        and exists (select 1 from interactions where interactions.ledger = ledger.id)
        and not exists (select 1 from interactions as each where each.ledger = ledger.id and not ${isEnded('each', rule)})
        and not exists (
          select 1 from interactions as mine
          left join conversation_links as own on own.interaction = mine.id
          join conversation_links as other on other.conversation = coalesce(own.conversation, mine.id)
          join interactions as each on each.id in (other.interaction, other.conversation)
          where mine.ledger = ledger.id and not ${isEnded('each', rule)}
        )
      )`,
    }),

  async remove(tx, keys, { removal }) {
    const ledgers = listOf(keys);
    const ids = sql`(select id from interactions where ledger in ${ledgers})`;
    for (const table of ['outbox', 'interventions', 'conversation_links', 'interaction_details']) {
      await sql`delete from ${sql.table(table)} where interaction in ${ids}`.execute(tx);
    }
    for (const table of ['interactions', 'raw_mails', 'repairs', 'search_again']) {
      await sql`delete from ${sql.table(table)} where ledger in ${ledgers}`.execute(tx);
    }
    await sql`delete from mail_search where rowid in ${ledgers}`.execute(tx);
    await sql`
      update ledger set removed = ${removal}, interaction = null, envelope = null, reason = '' where id in ${ledgers}
    `.execute(tx);
  },
};
