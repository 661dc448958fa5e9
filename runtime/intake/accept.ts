import type { Mailbox } from '../../schemas/settings.ts';
import { createIds } from '../store/ids.ts';
import { prepare } from '../store/prepare.ts';
import type { Store } from '../store/store.ts';
import { type MailEntry, tooLarge } from './mail-entry.ts';

/** What a source hands over; see runtime/mailboxes/source.ts for the meaning of each part. */
export interface IncomingMail {
  folder: string;
  serverKey: string;
  bytes: Uint8Array;
  receivedAt: number;
  envelope?: { from: string; to: string[] };
  truncated?: boolean;
}

/**
 * Stores mails and cursor in one durable commit and returns those that were new, in order. When it resolves the server may be told
 * (that is the whole of "acknowledge"); when it rejects nothing was stored. Nothing of a mail is looked into here.
 * A server key that is known already counts as accepted: it is what a server repeats after a crash between our commit and its own note.
 */
export type Accept = (
  mailbox: Mailbox,
  mails: readonly IncomingMail[],
  cursor?: { folder: string; value: string },
) => Promise<MailEntry[]>;

interface LedgerValues {
  mailbox: string;
  folder: string;
  server_key: string;
  reason: string;
  size: number;
  envelope: string | null;
  received_at: number;
  accepted_at: number;
  interaction: string;
}

export function createAccept({ store, clock }: { store: Store; clock: { now(): number } }): Accept {
  const nextId = createIds();
  const insertLedger = prepare<LedgerValues, { id: number }>((db, value) =>
    db
      .insertInto('ledger')
      .values({
        mailbox: value('mailbox'),
        folder: value('folder'),
        server_key: value('server_key'),
        state: 'received',
        reason: value('reason'),
        // The first try is counted here: a mail that kills the process is found out without one more commit for every mail.
        attempts: 1,
        size: value('size'),
        envelope: value('envelope'),
        received_at: value('received_at'),
        accepted_at: value('accepted_at'),
        interaction: value('interaction'),
      })
      .onConflict((conflict) => conflict.columns(['mailbox', 'folder', 'server_key']).doNothing())
      .returning('id'),
  );
  const insertBytes = prepare<{ ledger: number; bytes: Uint8Array }, never>((db, value) =>
    db
      .insertInto('raw_mails')
      .values({ ledger: value('ledger'), bytes: value('bytes') })
      .$castTo<never>(),
  );
  const saveCursor = prepare<{ mailbox: string; folder: string; value: string }, never>((db, value) =>
    db
      .insertInto('cursors')
      .values({ mailbox: value('mailbox'), folder: value('folder'), value: value('value') })
      .onConflict((conflict) => conflict.columns(['mailbox', 'folder']).doUpdateSet({ value: value('value') }))
      .$castTo<never>(),
  );

  return (mailbox, mails, cursor) =>
    store.commit(async (tx) => {
      const accepted: MailEntry[] = [];
      const now = clock.now();
      for (const mail of mails) {
        const interaction = nextId(now);
        const verdict = mail.truncated === true ? tooLarge : '';
        const { rows } = await insertLedger(tx, {
          mailbox: mailbox.id,
          folder: mail.folder,
          server_key: mail.serverKey,
          reason: verdict,
          size: mail.bytes.byteLength,
          envelope: mail.envelope === undefined ? null : JSON.stringify(mail.envelope),
          received_at: mail.receivedAt,
          accepted_at: now,
          interaction,
        });
        const ledger = rows[0]?.id;
        if (ledger === undefined) continue;
        await insertBytes(tx, { ledger, bytes: mail.bytes });
        accepted.push({
          ledger,
          interaction,
          mailbox: mailbox.id,
          envelope: mail.envelope,
          receivedAt: mail.receivedAt,
          size: mail.bytes.byteLength,
          attempts: 1,
          verdict,
          bytes: mail.bytes,
        });
      }
      if (cursor !== undefined) await saveCursor(tx, { mailbox: mailbox.id, ...cursor });
      return accepted;
    });
}
