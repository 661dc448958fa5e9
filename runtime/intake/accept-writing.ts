import type { Transaction } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';

/** Mails of one mailbox as they are to stand in the ledger, and how far its source has come. */
export interface AcceptInput {
  mailbox: string;
  acceptedAt: number;
  mails: readonly {
    folder: string;
    serverKey: string;
    interaction: string;
    /** Why it must be quarantined, known before parsing; empty for the rest. */
    verdict: string;
    /** JSON {from, to[], client} of an SMTP transaction. */
    envelope: string | null;
    receivedAt: number;
    bytes: Uint8Array;
    /** Null where the bytes are the whole mail. */
    wholeSize: number | null;
  }[];
  cursor: { folder: string; value: string } | null;
}

/** Ledger ids in the order of the mails; null where the server key is known already. */
type AcceptOutput = (number | null)[];

interface LedgerValues {
  mailbox: string;
  folder: string;
  server_key: string;
  reason: string;
  size: number;
  whole_size: number | null;
  envelope: string | null;
  received_at: number;
  accepted_at: number;
  interaction: string;
}

export function createAcceptWriting() {
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
        whole_size: value('whole_size'),
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

  return async (tx: Transaction<Database>, input: AcceptInput): Promise<AcceptOutput> => {
    const ids: AcceptOutput = [];
    for (const mail of input.mails) {
      const { rows } = await insertLedger(tx, {
        mailbox: input.mailbox,
        folder: mail.folder,
        server_key: mail.serverKey,
        reason: mail.verdict,
        size: mail.bytes.byteLength,
        whole_size: mail.wholeSize,
        envelope: mail.envelope,
        received_at: mail.receivedAt,
        accepted_at: input.acceptedAt,
        interaction: mail.interaction,
      });
      const ledger = rows[0]?.id ?? null;
      if (ledger !== null) await insertBytes(tx, { ledger, bytes: mail.bytes });
      ids.push(ledger);
    }
    if (input.cursor !== null) await saveCursor(tx, { mailbox: input.mailbox, ...input.cursor });
    return ids;
  };
}
