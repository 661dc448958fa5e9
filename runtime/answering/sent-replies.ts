import type { Kysely, Selectable } from 'kysely';
import type { SentReply } from '../../schemas/api/replies.ts';
import { UserError } from '../../schemas/errors.ts';
import { conversationOf, membersOf } from '../intake/conversations.ts';
import type { Database } from '../store/database.ts';

type Read = Kysely<Database>;
type Row = Selectable<Database['replies']>;

/** Replies shown of one conversation; the oldest of a longer one are left out. */
const maxReplies = 200;

/** What people answered in the conversation of a mail, oldest first. */
export async function readReplies(read: Read, interaction: string, now: number): Promise<SentReply[]> {
  const members = await membersOf(read, await conversationOf(read, interaction));
  const rows = await read
    .selectFrom('replies')
    .selectAll()
    .where('interaction', 'in', members)
    .orderBy('id', 'desc')
    .limit(maxReplies)
    .execute();
  return withMails(read, rows.reverse(), now);
}

/** @throws UserError `reply-not-found` (404). */
export async function readReply(read: Read, interaction: string, id: string, now: number): Promise<SentReply> {
  const rows = await read
    .selectFrom('replies')
    .selectAll()
    .where('id', '=', id)
    .where('interaction', '=', interaction)
    .execute();
  const [reply] = await withMails(read, rows, now);
  if (reply === undefined) throw noSuchReply(id);
  return reply;
}

export function noSuchReply(id: string): UserError {
  return new UserError('reply-not-found', `There is no reply ${id} to this mail.`, { status: 404 });
}

async function withMails(read: Read, rows: readonly Row[], now: number): Promise<SentReply[]> {
  if (rows.length === 0) return [];
  const mails = await read
    .selectFrom('outbox')
    .select(['id', 'interaction', 'action', 'to_address', 'state', 'reason', 'removed'])
    .where(
      'interaction',
      'in',
      rows.map((row) => row.interaction),
    )
    .where('kind', '=', 'reply')
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => {
    const own = mails.filter((mail) => mail.interaction === row.interaction && mail.action === row.id);
    const removed = own.find((mail) => mail.removed !== null)?.removed;
    const isHeld = own.length > 0 && own.every(({ state }) => state === 'waiting');
    return {
      id: row.id,
      interaction: row.interaction,
      who: row.who,
      whoName: row.who_name,
      at: new Date(row.created_at).toISOString(),
      from: row.from_address,
      to: JSON.parse(row.to_addresses),
      cc: JSON.parse(row.cc_addresses),
      subject: row.subject,
      text: row.text,
      files: JSON.parse(row.files),
      removed: removed === undefined || removed === null ? null : JSON.parse(removed),
      isTakenBack: row.taken_back_at !== null,
      heldForMs: isHeld ? Math.max(0, row.held_until - now) : 0,
      mails: own.map(({ id, to_address, state, reason }) => ({ id, to: to_address, state, reason })),
    };
  });
}
