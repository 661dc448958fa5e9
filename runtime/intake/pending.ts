import type { Store } from '../store/store.ts';
import { doneRoutes, readDone } from './done-routes.ts';
import type { MailEntry } from './mail-entry.ts';

/** Tries before a mail is quarantined. */
export const maxAttempts = 3;

/** What waits in the ledger, read back: after a restart, and where more came than memory should hold. */
export interface Pending {
  /** Mails still `received` with a ledger id above `after`, in order of arrival. Bytes are not read yet. */
  read(after: number, limit: number): Promise<MailEntry[]>;
  /** Counts one more try for each, durably; returns when a crash can no longer hide it. */
  raise(entries: readonly MailEntry[]): Promise<void>;
  /** The newest ledger id: what stands at or below it when the process starts was left by the one before. */
  newest(): Promise<number>;
}

export function createPending(store: Pick<Store, 'read' | 'commit'>): Pending {
  return {
    async read(after, limit) {
      const rows = await store.read
        .selectFrom('ledger')
        .select(['id', 'interaction', 'mailbox', 'folder', 'envelope', 'received_at', 'size', 'whole_size'])
        .select(['attempts', 'reason'])
        .select(doneRoutes)
        .where('state', '=', 'received')
        .where('id', '>', after)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        ledger: row.id,
        interaction: row.interaction ?? '',
        mailbox: row.mailbox,
        folder: row.folder,
        envelope: row.envelope === null ? undefined : parseEnvelope(row.envelope),
        receivedAt: row.received_at,
        size: row.size,
        wholeSize: row.whole_size ?? undefined,
        attempts: row.attempts,
        verdict: row.reason,
        bytes: null,
        done: readDone(row.done),
      }));
    },

    async raise(entries) {
      await store.commit((tx) =>
        tx
          .updateTable('ledger')
          .set((row) => ({ attempts: row('attempts', '+', 1) }))
          .where(
            'id',
            'in',
            entries.map((entry) => entry.ledger),
          )
          .execute(),
      );
      for (const entry of entries) entry.attempts += 1;
    },

    async newest() {
      const row = await store.read
        .selectFrom('ledger')
        .select((select) => select.fn.max('id').as('id'))
        .executeTakeFirst();
      return row?.id ?? 0;
    },
  };
}

/** Written by accept from the same type, into a database of our own: not checked again. */
function parseEnvelope(json: string): NonNullable<MailEntry['envelope']> {
  return JSON.parse(json);
}
