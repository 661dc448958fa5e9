import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What an authorisation has at its provider: one row each, replaced as a whole. */
export function authorisations(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('authorisations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('refresh_token', 'text')
        .addColumn('account', 'text')
        .addColumn('authorised_at', 'bigint')
        .addColumn('granted_at', 'bigint')
        .addColumn('failure', 'text')
        .execute();
    },
  };
}
