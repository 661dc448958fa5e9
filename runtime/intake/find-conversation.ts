import type { Kysely } from 'kysely';
import { decodeTime } from 'ulid';
import type { Email } from '../../schemas/email.ts';
import { rowsOfTokens, type Sign } from '../outbound/bounce-token.ts';
import { counted, isReply } from '../outbound/counted.ts';
import type { Database } from '../store/database.ts';
import { conversationOf, participants } from './conversations.ts';

type Read = Kysely<Database>;

/** What a mail answers. */
export interface ConversationLink {
  /** The interaction that it began with. */
  conversation: string;
  /** `token`: the mail names a Message-ID that only we can have signed. `references`: it names the mail that the conversation began with. */
  how: 'token' | 'references' | 'by-hand';
}

/** An answer to something older is a new question. */
const tokenDays = 180;
const dayMs = 86_400_000;
const maxIds = 20;

/**
 * Finds the conversation that a mail joins: by the signed token of what we sent, in its Message-ID or its Reply-To, then by its References. A subject joins
 * nothing: anybody can write it. Null where there is none, without a query for a mail that answers nothing.
 */
export async function findConversation(
  read: Read,
  email: Email,
  { recipients, sign, now }: { recipients: readonly string[]; sign: Sign; now: number },
): Promise<(ConversationLink & { isStranger: boolean }) | null> {
  // What servers report is matched to what was sent elsewhere, and is nobody's answer.
  if (email.isBounce) return null;
  const named = [email.inReplyTo, ...email.references].filter((id) => id !== '').slice(-maxIds);
  const addresses = recipients.slice(0, maxIds).join(' ');
  const tokens = [
    ...rowsOfTokens(`${named.join(' ')} ${addresses}`, sign),
    ...rowsOfTokens(addresses, sign, 'reply'),
  ].filter((id) => isFresh(id, now));
  const answered = (await byToken(read, tokens)) ?? (await byReferences(read, named));
  if (answered === null) return null;
  const conversation = await conversationOf(read, answered.interaction);
  // An answering machine of whoever we wrote to may have another address than they; it is dropped or not by its flow.
  const isStranger =
    !email.isAutoReply && !(await participants(read, conversation)).has(email.from.address.toLowerCase());
  return { conversation, how: answered.how, isStranger };
}

type Answered = { interaction: string; how: ConversationLink['how'] } | null;

async function byToken(read: Read, ids: readonly string[]): Promise<Answered> {
  if (ids.length === 0) return null;
  const row = await read
    .selectFrom('outbox')
    .select('interaction')
    .where('id', 'in', [...ids])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { ...row, how: 'token' };
}

async function byReferences(read: Read, named: readonly string[]): Promise<Answered> {
  if (named.length === 0) return null;
  for (const kind of [counted, isReply]) {
    const row = await read
      .selectFrom('outbox')
      .select('interaction')
      .where('thread', 'in', [...named])
      .where(kind)
      .orderBy('created_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return { ...row, how: 'references' };
  }
  return null;
}

function isFresh(id: string, now: number): boolean {
  return now - decodeTime(id) < tokenDays * dayMs;
}
