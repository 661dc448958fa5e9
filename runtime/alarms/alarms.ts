import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Alarm, AlarmKind, AlarmsPage } from '../../schemas/api/alarms.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';

/** Something that a person should know of. */
export interface Condition {
  kind: AlarmKind;
  /** What is in trouble, unique within the kind; with it the same trouble is one alarm. */
  about: string;
  mailbox: string | null;
  /** A whole sentence, with what to do. */
  message: string;
}

/** What is told elsewhere, in the commit that changes the alarm. */
export type Announce = (tx: Transaction<Database>, event: 'raised' | 'cleared', alarm: Alarm) => Promise<void>;

/** Alarms are durable, and each trouble is one: raised once, acknowledged by a person, cleared when it is over. */
export interface Alarms {
  /** Does nothing where it is raised already. */
  raise(condition: Condition): Promise<void>;
  /** Does nothing where it is not raised. */
  clear(kind: AlarmKind, about: string): Promise<void>;
  /** Clears all that are open of a mailbox which is deleted, in one commit. Returns how many. */
  clearOf(mailbox: string): Promise<number>;
  open(): Promise<Pick<Alarm, 'kind' | 'mailbox'>[]>;
  /** Keys of the open ones, as `keyOf` makes them. */
  openKeys(): Promise<string[]>;
  page(): Promise<AlarmsPage>;
  /** @throws UserError `alarm-not-found` (404). */
  acknowledge(id: string, by: string): Promise<Alarm>;
}

export const keyOf = (kind: AlarmKind, about: string): string => `${kind}:${about}`;

export function createAlarms(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  clock: { now(): number };
  announce: Announce;
  onChange: (topic: Topic) => void;
  /** After a commit that announced something. */
  onAnnounced: () => void;
}): Alarms {
  const { store, clock } = deps;
  const nextId = createIds();

  const told = () => {
    deps.onChange('alarms');
    deps.onAnnounced();
  };

  return {
    async raise({ kind, about, mailbox, message }) {
      const key = keyOf(kind, about);
      const raised = await store.commit(async (tx) => {
        if ((await openRow(tx, key)) !== undefined) return false;
        const now = clock.now();
        const none = { acknowledged_at: null, acknowledged_by: null, cleared_at: null };
        const row = { id: nextId(now), key, kind, mailbox, message, raised_at: now, ...none };
        await tx.insertInto('alarms').values(row).execute();
        await deps.announce(tx, 'raised', viewOf(row));
        return true;
      });
      if (raised) told();
    },
    async clear(kind, about) {
      // Asked often and hardly ever true: no commit for nothing.
      if ((await openRow(store.read, keyOf(kind, about))) === undefined) return;
      await store.commit(async (tx) => {
        const row = await openRow(tx, keyOf(kind, about));
        if (row === undefined) return;
        const cleared = { ...row, cleared_at: clock.now() };
        await tx.updateTable('alarms').set({ cleared_at: cleared.cleared_at }).where('id', '=', row.id).execute();
        await deps.announce(tx, 'cleared', viewOf(cleared));
      });
      told();
    },
    async clearOf(mailbox) {
      if ((await openRows(store.read, mailbox)).length === 0) return 0;
      const cleared = await store.commit(async (tx) => {
        const rows = await openRows(tx, mailbox);
        for (const row of rows) {
          const over = { ...row, cleared_at: clock.now() };
          await tx.updateTable('alarms').set({ cleared_at: over.cleared_at }).where('id', '=', row.id).execute();
          await deps.announce(tx, 'cleared', viewOf(over));
        }
        return rows.length;
      });
      told();
      return cleared;
    },
    open: () => store.read.selectFrom('alarms').select(['kind', 'mailbox']).where('cleared_at', 'is', null).execute(),
    async openKeys() {
      const rows = await store.read.selectFrom('alarms').select('key').where('cleared_at', 'is', null).execute();
      return rows.map(({ key }) => key);
    },
    async page() {
      const newest = store.read.selectFrom('alarms').selectAll();
      const open = await newest.where('cleared_at', 'is', null).orderBy('id', 'desc').execute();
      const cleared = await newest
        .where('cleared_at', 'is not', null)
        .orderBy('cleared_at', 'desc')
        .limit(50)
        .execute();
      return { open: open.map(viewOf), cleared: cleared.map(viewOf) };
    },
    async acknowledge(id, by) {
      const alarm = await store.commit(async (tx) => {
        await tx
          .updateTable('alarms')
          .set({ acknowledged_at: clock.now(), acknowledged_by: by })
          .where('id', '=', id)
          .where('acknowledged_at', 'is', null)
          .execute();
        const row = await tx.selectFrom('alarms').selectAll().where('id', '=', id).executeTakeFirst();
        if (row === undefined) throw new UserError('alarm-not-found', `There is no alarm ${id}.`, { status: 404 });
        return viewOf(row);
      });
      deps.onChange('alarms');
      return alarm;
    },
  };
}

function openRow(db: Kysely<Database>, key: string): Promise<Row | undefined> {
  return db.selectFrom('alarms').selectAll().where('key', '=', key).where('cleared_at', 'is', null).executeTakeFirst();
}

function openRows(db: Kysely<Database>, mailbox: string): Promise<Row[]> {
  return db.selectFrom('alarms').selectAll().where('mailbox', '=', mailbox).where('cleared_at', 'is', null).execute();
}

type Row = Selectable<Database['alarms']>;

function viewOf(row: Row): Alarm {
  const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return {
    id: row.id,
    kind: row.kind,
    mailbox: row.mailbox,
    message: row.message,
    raisedAt: new Date(row.raised_at).toISOString(),
    acknowledgedAt: iso(row.acknowledged_at),
    acknowledgedBy: row.acknowledged_by,
    clearedAt: iso(row.cleared_at),
  };
}
