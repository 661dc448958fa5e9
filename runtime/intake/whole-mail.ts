import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import type { Store } from '../store/store.ts';
import { emailJson } from './bounded-json.ts';
import { isHeadOnly } from './mail-entry.ts';
import type { Parse } from './parse.ts';
import { sourceRemoved } from './source-removed.ts';

/** Gets a mail from its server once more, as a whole. */
export type FetchWhole = (
  mailbox: Mailbox['id'],
  mail: { folder: string; serverKey: string; bytes: Uint8Array },
) => Promise<Uint8Array>;

/**
 * Fetches what was left on the server of a shortened mail, and keeps it: source and email are those of the whole mail from then on. What its
 * flow decided stands.
 *
 * @throws UserError `interaction-not-found` (404), `source-removed` (410), `mail-complete` (409), and what the source says: `mail-gone` (410), `mail-endless` (413).
 */
export type FetchRest = (interactionId: string) => Promise<void>;

export function createFetchRest(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  parse: Pick<Parse, 'mail'>;
  fetchWhole: FetchWhole;
}): FetchRest {
  const { store, parse, fetchWhole } = deps;

  return async (interactionId) => {
    const row = await store.read
      .selectFrom('interactions')
      .innerJoin('ledger', 'ledger.id', 'interactions.ledger')
      .leftJoin('raw_mails', 'raw_mails.ledger', 'ledger.id')
      .select(['ledger.id', 'ledger.mailbox', 'ledger.folder', 'ledger.server_key', 'ledger.whole_size'])
      .select(['ledger.reason', 'ledger.envelope', 'ledger.received_at', 'ledger.removed', 'raw_mails.bytes'])
      .where('interactions.id', '=', interactionId)
      .executeTakeFirst();
    if (row === undefined) throw noSuchMail(interactionId);
    if (row.removed !== null) throw sourceRemoved(row.removed);
    if (row.bytes === null) throw noSuchMail(interactionId);
    if (row.whole_size === null && !isHeadOnly(row.reason)) {
      throw new UserError('mail-complete', 'All of this mail is here already.', { status: 409 });
    }
    const bytes = await fetchWhole(row.mailbox, { folder: row.folder, serverKey: row.server_key, bytes: row.bytes });
    const mail = await parse.mail({
      ledger: row.id,
      interaction: interactionId,
      mailbox: row.mailbox,
      folder: row.folder,
      envelope: row.envelope === null ? undefined : JSON.parse(row.envelope),
      receivedAt: row.received_at,
      size: bytes.byteLength,
      attempts: 1,
      verdict: '',
      bytes,
      done: [],
    });
    // Its reason must not say any more that only a head is here: a retry would believe it.
    const wasHeadOnly = isHeadOnly(row.reason);
    const reason = 'whole: the mail is here as a whole now. Run it again, or route it by hand.';
    await store.commit(async (tx) => {
      await tx.updateTable('raw_mails').set({ bytes }).where('ledger', '=', row.id).execute();
      await tx
        .updateTable('ledger')
        .set({ size: bytes.byteLength, whole_size: null, ...(wasHeadOnly && { reason }) })
        .where('id', '=', row.id)
        .execute();
      await tx
        .updateTable('interaction_details')
        .set({ email: emailJson(mail) })
        // Several routes may have made an interaction of it.
        .where('interaction', 'in', (db) => db.selectFrom('interactions').select('id').where('ledger', '=', row.id))
        .execute();
      if (wasHeadOnly) {
        await tx.updateTable('interactions').set({ reason }).where('id', '=', interactionId).execute();
      }
    });
  };
}

function noSuchMail(id: string): UserError {
  return new UserError('interaction-not-found', `There is no interaction ${id}.`, { status: 404 });
}
