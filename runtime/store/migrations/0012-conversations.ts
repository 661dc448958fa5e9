import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Which mails belong together. Only what answers something has a row, so that the usual mail costs nothing. */
export function conversations(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('conversation_links')
        .addColumn('interaction', 'text', (column) => column.primaryKey())
        .addColumn('conversation', 'text', (column) => column.notNull())
        .addColumn('how', 'text', (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('conversation_links_conversation')
        .on('conversation_links')
        .columns(['conversation', 'interaction'])
        .execute();
    },
  };
}
