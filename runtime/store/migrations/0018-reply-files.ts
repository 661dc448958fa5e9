import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { ColumnTypes } from './column-types.ts';

/** Files that people attach to what they answer. */
export function replyFiles(types: ColumnTypes): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('replies')
        .addColumn('files', 'text', (column) => column.notNull().defaultTo('[]'))
        .execute();
      await db.schema
        .createTable('reply_files')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('interaction', 'text', (column) =>
          column.notNull().references('interactions.id').onDelete('cascade'),
        )
        .addColumn('who', 'text', (column) => column.notNull())
        .addColumn('reply', 'text')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('bytes', types.blob, (column) => column.notNull())
        .execute();
      await db.schema
        .createIndex('reply_files_owner')
        .on('reply_files')
        .columns(['interaction', 'who', 'reply'])
        .execute();
    },
  };
}
