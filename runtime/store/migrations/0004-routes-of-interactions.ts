import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const columns = [
  'id',
  'ledger',
  'state',
  'queue',
  'priority',
  'rank',
  'skills',
  'subject',
  'from_address',
  'from_name',
  'preview',
  'received_at',
  'mailbox',
  'flow',
  'version',
  'reason',
  'claimed_by',
  'claimed_until',
  'finished_at',
] as const;

/**
 * One mail may become an interaction for each of the routes that it was sent to. The table is written anew, since SQLite cannot take a
 * constraint away; foreign keys are off while migrations run.
 */
export function routesOfInteractions(): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .createTable('interactions_by_route')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('ledger', 'bigint', (column) => column.notNull().references('ledger.id'))
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('queue', 'text')
        .addColumn('priority', 'integer', (column) => column.notNull())
        .addColumn('rank', 'bigint', (column) => column.notNull())
        .addColumn('skills', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('from_address', 'text', (column) => column.notNull())
        .addColumn('from_name', 'text', (column) => column.notNull())
        .addColumn('preview', 'text', (column) => column.notNull())
        .addColumn('received_at', 'bigint', (column) => column.notNull())
        .addColumn('mailbox', 'text', (column) => column.notNull())
        .addColumn('flow', 'text')
        .addColumn('version', 'integer')
        .addColumn('reason', 'text', (column) => column.notNull())
        .addColumn('claimed_by', 'text')
        .addColumn('claimed_until', 'bigint')
        .addColumn('finished_at', 'bigint')
        // Empty for none, never null: nulls would all be different to the constraint.
        .addColumn('route', 'text', (column) => column.notNull().defaultTo(''))
        // Whatever is repeated after a crash, one server message never becomes two interactions of one route.
        .addUniqueConstraint('interactions_route', ['ledger', 'route'])
        .execute();
      const list = sql.join(columns.map((column) => sql.ref(column)));
      await sql`insert into interactions_by_route (${list}) select ${list} from interactions`.execute(db);
      await db.schema.dropTable('interactions').execute();
      await db.schema.alterTable('interactions_by_route').renameTo('interactions').execute();
      await db.schema.createIndex('interactions_state').on('interactions').columns(['state', 'id']).execute();
      await db.schema
        .createIndex('interactions_queue')
        .on('interactions')
        .columns(['queue', 'state', 'rank', 'received_at', 'ledger'])
        .execute();
      await db.schema
        .createIndex('interactions_leases')
        .on('interactions')
        .column('claimed_until')
        .where(sql.ref('state'), '=', sql.lit('claimed'))
        .execute();
    },
  };
}
