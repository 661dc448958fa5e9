import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** By which provider a session began, and where a sign-out ends it there. */
export function signIn(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('sessions').addColumn('provider', 'text').execute();
      await db.schema.alterTable('sessions').addColumn('leave_url', 'text').execute();
    },
  };
}
