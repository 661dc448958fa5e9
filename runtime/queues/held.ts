import type { Transaction } from 'kysely';
import { UserError } from '../../schemas/errors.ts';
import type { Database } from '../store/database.ts';

interface Held {
  interaction: string;
  /** Id of the user or token. */
  user: string;
  now: number;
}

/** @throws UserError `not-claimed` (409) unless this very person has the mail now; a lease that is over does not count. */
export async function requireHeld(tx: Transaction<Database>, { interaction, user, now }: Held): Promise<void> {
  const row = await tx
    .selectFrom('interactions')
    .select(['state', 'claimed_by', 'claimed_until'])
    .where('id', '=', interaction)
    .executeTakeFirst();
  const isHeld = row?.state === 'claimed' && row.claimed_by === user && (row.claimed_until ?? 0) > now;
  if (isHeld) return;
  const message =
    row?.state === 'claimed' && row.claimed_by !== user
      ? 'Somebody else has this mail. You can answer it once it is released and you have claimed it.'
      : 'You do not have this mail. Claim it before you answer it.';
  throw new UserError('not-claimed', message, {
    status: 409,
    data: { state: row?.state ?? null, claimedBy: row?.claimed_by ?? null },
  });
}

/** Whoever works on a mail keeps it: the lease ends no sooner than `until`. Changes nothing for anybody else. */
export async function prolong(
  tx: Transaction<Database>,
  { interaction, user, now }: Held,
  until: number,
): Promise<void> {
  await tx
    .updateTable('interactions')
    .set({ claimed_until: until })
    .where('id', '=', interaction)
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', user)
    .where('claimed_until', '>', now)
    .where('claimed_until', '<', until)
    .execute();
}

/** Ends the work on a mail that was found held in this transaction. */
export async function finishHeld(tx: Transaction<Database>, { interaction, now }: Held): Promise<void> {
  await tx
    .updateTable('interactions')
    .set({ state: 'done', claimed_by: null, claimed_until: null, finished_at: now })
    .where('id', '=', interaction)
    .execute();
}

/** Gives a mail back to who finished it at `finishedAt`, where nothing else became of it since. */
export async function unfinish(
  tx: Transaction<Database>,
  { interaction, user }: Held,
  { finishedAt, until }: { finishedAt: number; until: number },
): Promise<void> {
  await tx
    .updateTable('interactions')
    .set({ state: 'claimed', claimed_by: user, claimed_until: until, finished_at: null })
    .where('id', '=', interaction)
    .where('state', '=', 'done')
    .where('finished_at', '=', finishedAt)
    .execute();
}

/** Puts a finished mail back to the place in its queue that its arrival gives it. Returns whether it was finished. */
export async function reopenDone(tx: Transaction<Database>, interaction: string, reason: string): Promise<boolean> {
  const changed = await tx
    .updateTable('interactions')
    .set({ state: 'queued', finished_at: null, reason })
    .where('id', '=', interaction)
    .where('state', '=', 'done')
    .where('queue', 'is not', null)
    .executeTakeFirst();
  return changed.numUpdatedRows === 1n;
}
