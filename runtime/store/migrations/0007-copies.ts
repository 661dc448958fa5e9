import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Blind copies stand in the outbox beside the answers, and count in no budget of the send guard: its indexes leave them out. */
export function copiesUncounted(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      for (const name of ['outbox_sender', 'outbox_thread', 'outbox_mailbox'])
        await db.schema.dropIndex(name).execute();
      const counted = sql<boolean>`state <> 'withheld' and kind <> 'copy'`;
      await sql`create index outbox_sender on outbox (lower(to_address), created_at) where ${counted}`.execute(db);
      await sql`create index outbox_thread on outbox (thread, created_at) where ${counted}`.execute(db);
      await sql`create index outbox_mailbox on outbox (mailbox, created_at) where ${counted}`.execute(db);
    },
  };
}
