import type { Kysely } from 'kysely';
import { encodeTime } from 'ulid';
import type { Email } from '../../schemas/email.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Run } from '../../schemas/run.ts';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';
import type { Selection } from './job.ts';

/** A mail as it was parsed when it came, with the run that there was. */
export interface StoredMail {
  id: string;
  mailbox: string;
  /** The server's folder, empty where it has none. */
  folder: string;
  envelope?: { from: string; to: string[] };
  /** Milliseconds since the epoch. */
  receivedAt: number;
  email: Email;
  run: Run | null;
}

/** Ids tell when a mail was taken, to within what the clocks of servers differ from ours. */
const clockSlackMs = 86_400_000;

/** Narrow rows that are read at once; the mails themselves are read one by one, since one can be megabytes. */
const rowsAtOnce = 500;

/** How many mails a selection finds at most; a route can only be told from a mail itself, so it is not looked at. */
export async function countMails(read: Kysely<Database>, flow: string, selection: Selection): Promise<number> {
  const row = await read
    .selectFrom(selected(read, flow, selection).select('interactions.id').limit(selection.mails).as('found'))
    .select((select) => select.fn.countAll<number>().as('mails'))
    .executeTakeFirst();
  return row?.mails ?? 0;
}

/** The mails of a selection, newest first, one in memory at a time. No statement stays open while the caller works on a mail. */
export async function* readMails(
  read: Kysely<Database>,
  flow: string,
  selection: Selection,
): AsyncGenerator<StoredMail, void> {
  const details = prepare<{ id: string }, Details>((db, value) =>
    db.selectFrom('interaction_details').select(['email', 'run']).where('interaction', '=', value('id')),
  );
  let before: string | null = null;
  for (;;) {
    let rows = selected(read, flow, selection).select(narrow).limit(rowsAtOnce);
    if (before !== null) rows = rows.where('interactions.id', '<', before);
    const found = await rows.execute();
    for (const row of found) {
      const [detail] = (await details(read, { id: row.id })).rows;
      if (detail !== undefined) yield toStoredMail({ ...row, ...detail });
    }
    before = found.at(-1)?.id ?? null;
    if (before === null || found.length < rowsAtOnce) return;
  }
}

/** @throws UserError `interaction-not-found` (404), also for a mail that could not be parsed. */
export async function readMail(read: Kysely<Database>, id: string): Promise<StoredMail> {
  const row = await readable(read)
    .select(narrow)
    .select(['details.email', 'details.run'])
    .where('interactions.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) {
    throw new UserError('interaction-not-found', `There is no interaction ${id} that a flow can run on.`, {
      status: 404,
    });
  }
  return toStoredMail(row);
}

const narrow = [
  'interactions.id',
  'interactions.mailbox',
  'interactions.received_at',
  'ledger.envelope',
  'ledger.folder',
] as const;

type Details = Pick<Database['interaction_details'], 'email' | 'run'>;

function readable(read: Kysely<Database>) {
  return read
    .selectFrom('interactions')
    .innerJoin('interaction_details as details', 'details.interaction', 'interactions.id')
    .innerJoin('ledger', 'ledger.id', 'interactions.ledger')
    .where('details.email', 'is not', null);
}

function selected(read: Kysely<Database>, flow: string, { of, mailbox, from, until }: Selection) {
  let rows = readable(read).orderBy('interactions.id', 'desc');
  if (of === 'flow') rows = rows.where('interactions.flow', '=', flow);
  if (mailbox !== undefined) rows = rows.where('interactions.mailbox', '=', mailbox);
  if (from !== undefined) {
    rows = rows
      .where('interactions.received_at', '>=', from)
      .where('interactions.id', '>=', encodeTime(Math.max(0, from - clockSlackMs), 10));
  }
  if (until !== undefined) rows = rows.where('interactions.received_at', '<', until);
  return rows;
}

function toStoredMail(
  row: {
    id: string;
    mailbox: string;
    folder: string;
    received_at: number;
    envelope: string | null;
  } & Details,
): StoredMail {
  return {
    id: row.id,
    mailbox: row.mailbox,
    folder: row.folder,
    receivedAt: row.received_at,
    ...(row.envelope === null ? {} : { envelope: JSON.parse(row.envelope) }),
    // Written by our own intake; rows without an email are not selected.
    email: JSON.parse(row.email ?? 'null'),
    run: row.run === null ? null : JSON.parse(row.run),
  };
}
