import { createHash, randomBytes } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from '../store/database.ts';
import { prepare } from '../store/prepare.ts';

/** A question to a sender as it is to stand in the store. The link's token itself is kept nowhere: a stolen database confirms nothing. */
export type Challenge = Omit<Database['challenges'], 'confirmed_at'>;

/** Of the effect that asks; no action of a flow can have this id. */
export const challengeAction = '(confirm-sender)';

/** How a held mail says that it waits for its sender. */
export const awaitsConfirmation = 'awaits-confirmation';

/** What is known of a sender when a mail of theirs comes. */
export type Acquaintance = 'known' | 'asked' | 'stranger';

/** 256 random bits, as they stand in the link. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * Known is whoever has confirmed before, or was written to from here, whether by a flow or a person; `asked` whose link still works. Both
 * look-ups go by an index.
 */
export async function acquaintanceOf(
  read: Kysely<Database>,
  { address, mailbox, now }: { address: string; mailbox: string; now: number },
): Promise<Acquaintance> {
  const folded = address.toLowerCase();
  const asked = await read
    .selectFrom('challenges')
    .select(['confirmed_at', 'mailbox', 'expires_at'])
    .where('address', '=', folded)
    .execute();
  if (asked.some((row) => row.confirmed_at !== null)) return 'known';
  const written = await read
    .selectFrom('outbox')
    .select('id')
    .where(sql<boolean>`lower(to_address) = ${folded}`)
    .where(sql<boolean>`state <> 'withheld'`)
    .where('action', '<>', challengeAction)
    .limit(1)
    .executeTakeFirst();
  if (written !== undefined) return 'known';
  return asked.some((row) => row.mailbox === mailbox && row.expires_at > now) ? 'asked' : 'stranger';
}

/** Written in the commit that holds the mail. */
export function createInsertChallenge() {
  return prepare<Challenge, never>((db, value) =>
    db
      .insertInto('challenges')
      .values({
        hash: value('hash'),
        address: value('address'),
        mailbox: value('mailbox'),
        interaction: value('interaction'),
        sent_at: value('sent_at'),
        expires_at: value('expires_at'),
        confirmed_at: null,
      })
      .$castTo<never>(),
  );
}

/** What a link leads to at this moment. */
export type LinkState = { state: 'open' | 'confirmed' | 'expired' | 'unknown'; address: string };

export async function linkState(db: Kysely<Database>, token: string, now: number): Promise<LinkState> {
  const row = await db.selectFrom('challenges').selectAll().where('hash', '=', hashOf(token)).executeTakeFirst();
  if (row === undefined) return { state: 'unknown', address: '' };
  const open = row.expires_at > now ? 'open' : 'expired';
  return { state: row.confirmed_at !== null ? 'confirmed' : open, address: row.address };
}

/** Uses the link up. Returns the interactions that were held for this sender, in every mailbox; nothing where the link is not open. */
export async function confirmSender(tx: Transaction<Database>, token: string, now: number): Promise<string[]> {
  const { state, address } = await linkState(tx, token, now);
  if (state !== 'open') return [];
  await tx.updateTable('challenges').set({ confirmed_at: now }).where('hash', '=', hashOf(token)).execute();
  const rows = await tx
    .selectFrom('interactions')
    .select('id')
    .where('state', '=', 'held')
    .where(sql<boolean>`lower(from_address) = ${address}`)
    .where('reason', 'like', `${awaitsConfirmation}:%`)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
