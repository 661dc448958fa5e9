import type { Insertable } from 'kysely';
import { encodeTime } from 'ulid';
import type { Database } from '../../runtime/store/database.ts';
import type { Store } from '../../runtime/store/store.ts';

export interface StoredMail extends Partial<Insertable<Database['interactions']>> {
  number: number;
  /** When it came; ids tell it, too. */
  at?: number;
}

export const beginning = 1_700_000_000_000;

export const idOf = (number: number, at = beginning + number * 1_000) =>
  `${encodeTime(at, 10)}${String(number).padStart(16, '0')}`;

/** A mail as settle leaves it, without running a flow: ledger row, source, interaction and details. */
export async function storeMail(
  { write }: Pick<Store, 'write'>,
  { number, at, ...changes }: StoredMail,
): Promise<string> {
  const received = at ?? beginning + number * 1_000;
  const id = idOf(number, received);
  const state = changes.state ?? 'done';
  const ledger = changes.ledger ?? number;
  await write
    .insertInto('ledger')
    .values({
      id: ledger,
      mailbox: changes.mailbox ?? 'box',
      folder: 'INBOX',
      server_key: `k${ledger}`,
      state: state === 'quarantined' || state === 'disconnected' || state === 'skipped' ? state : 'queued',
      reason: '',
      attempts: 1,
      size: 10,
      received_at: received,
      accepted_at: received,
      settled_at: received,
      interaction: id,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await write
    .insertInto('raw_mails')
    .values({ ledger, bytes: Buffer.from(`Subject: ${changes.subject ?? ''}\r\n\r\nHello`) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await write
    .insertInto('interactions')
    .values({
      id,
      ledger,
      state,
      queue: 'general',
      priority: 0,
      rank: received,
      skills: '[]',
      subject: `Subject ${number}`,
      from_address: `customer-${number}@example.test`,
      from_name: '',
      preview: '',
      received_at: received,
      mailbox: 'box',
      flow: 'support',
      version: 1,
      reason: '',
      finished_at: state === 'done' ? received : null,
      ...changes,
    })
    .execute();
  await write
    .insertInto('interaction_details')
    .values({ interaction: id, email: '{"to":[],"cc":[]}', run: '{"steps":[]}', way: null })
    .execute();
  return id;
}
