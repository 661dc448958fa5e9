import type { Kysely, Transaction } from 'kysely';
import type { Alarm, AlarmKind, AlarmsPage } from '../../schemas/api/alarms.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { type AlarmRow, createUnstored } from './unstored.ts';

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

/**
 * Alarms are durable, and each trouble is one: raised once, acknowledged by a person, cleared when it is over. One that the store cannot take
 * is shown and told from memory meanwhile.
 */
export interface Alarms {
  /** Does nothing where it is raised already. */
  raise(condition: Condition): Promise<void>;
  /** Stores, or tells again, what the store could not take. */
  storeWaiting(): Promise<void>;
  /** Does nothing where it is not raised. */
  clear(kind: AlarmKind, about: string): Promise<void>;
  /** Clears all that are open of a mailbox which is deleted, in one commit. Returns how many. */
  clearOf(mailbox: string): Promise<number>;
  open(): Promise<Pick<Alarm, 'kind' | 'mailbox'>[]>;
  /** Keys of the open ones, as `keyOf` makes them. */
  openKeys(): Promise<string[]>;
  page(): Promise<AlarmsPage>;
  /** @throws UserError `alarm-not-found` (404); OperationalError `store-failed` while it cannot be stored. */
  acknowledge(id: string, by: string): Promise<Alarm>;
}

export const keyOf = (kind: AlarmKind, about: string): string => `${kind}:${about}`;

export function createAlarms(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  clock: { now(): number };
  announce: Announce;
  /** Tells of a new alarm that nothing can be written about; resolves to true where it was taken. */
  announceNow: (alarm: Alarm) => Promise<boolean>;
  onChange: (topic: Topic) => void;
  /** After a commit that announced something. */
  onAnnounced: () => void;
}): Alarms {
  const { store, clock } = deps;
  const nextId = createIds();
  const unstored = createUnstored((row) => deps.announceNow(viewOf(row)));

  const told = () => {
    deps.onChange('alarms');
    deps.onAnnounced();
  };

  /** False while the store is in trouble. */
  async function keep(key: string): Promise<boolean> {
    const isKept = await unstored.keep(key, (row, isTold) =>
      store.commit(async (tx) => {
        if ((await openRow(tx, key)) !== undefined) return;
        await tx.insertInto('alarms').values(row).execute();
        if (!isTold()) await deps.announce(tx, 'raised', viewOf(row));
      }),
    );
    told();
    return isKept;
  }

  /** Newest first. */
  async function openRows(): Promise<AlarmRow[]> {
    // Before the others: one that is stored meanwhile is then in both, and not in neither.
    const waiting = unstored.rows();
    const isOpen = store.read.selectFrom('alarms').selectAll().where('cleared_at', 'is', null);
    const rows = await isOpen.orderBy('id', 'desc').execute();
    return [...waiting.filter(({ id }) => !rows.some((row) => row.id === id)).reverse(), ...rows];
  }

  async function storeWaiting(): Promise<void> {
    for (const { key } of unstored.rows()) await keep(key);
  }

  return {
    async raise({ kind, about, mailbox, message }) {
      const key = keyOf(kind, about);
      if (unstored.has(key) || (await openRow(store.read, key)) !== undefined) return;
      const now = clock.now();
      const none = { acknowledged_at: null, acknowledged_by: null, cleared_at: null };
      unstored.add({ id: nextId(now), key, kind, mailbox, message, raised_at: now, ...none });
      await keep(key);
    },
    storeWaiting,
    async clear(kind, about) {
      const key = keyOf(kind, about);
      if (unstored.has(key) && !(await keep(key))) return;
      // Asked often and hardly ever true: no commit for nothing.
      if ((await openRow(store.read, key)) === undefined) return;
      await store.commit(async (tx) => {
        const row = await openRow(tx, key);
        if (row === undefined) return;
        const cleared = { ...row, cleared_at: clock.now() };
        await tx.updateTable('alarms').set({ cleared_at: cleared.cleared_at }).where('id', '=', row.id).execute();
        await deps.announce(tx, 'cleared', viewOf(cleared));
      });
      told();
    },
    async clearOf(mailbox) {
      if ((await openOf(store.read, mailbox)).length === 0) return 0;
      const cleared = await store.commit(async (tx) => {
        const rows = await openOf(tx, mailbox);
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
    open: openRows,
    openKeys: async () => (await openRows()).map(({ key }) => key),
    async page() {
      const cleared = await store.read
        .selectFrom('alarms')
        .selectAll()
        .where('cleared_at', 'is not', null)
        .orderBy('cleared_at', 'desc')
        .limit(50)
        .execute();
      return { open: (await openRows()).map(viewOf), cleared: cleared.map(viewOf) };
    },
    async acknowledge(id, by) {
      await storeWaiting();
      if (unstored.rows().some((row) => row.id === id)) {
        const message = 'Nothing can be written down until the disk that holds the data folder is well again.';
        throw new OperationalError('store-failed', message);
      }
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

function openRow(db: Kysely<Database>, key: string): Promise<AlarmRow | undefined> {
  return db.selectFrom('alarms').selectAll().where('key', '=', key).where('cleared_at', 'is', null).executeTakeFirst();
}

function openOf(db: Kysely<Database>, mailbox: string): Promise<AlarmRow[]> {
  return db.selectFrom('alarms').selectAll().where('mailbox', '=', mailbox).where('cleared_at', 'is', null).execute();
}

function viewOf(row: AlarmRow): Alarm {
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
