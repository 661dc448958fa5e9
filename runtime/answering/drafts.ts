import type { Kysely, Transaction } from 'kysely';
import type { ReplyDraft, ReplyDraftBody } from '../../schemas/api/replies.ts';
import type { Database } from '../store/database.ts';
import type { Owner } from './owner.ts';

/** What somebody has begun to write to a mail; nobody else sees it. */
export async function readDraft(read: Kysely<Database>, { interaction, who }: Owner): Promise<ReplyDraft | null> {
  const row = await read
    .selectFrom('reply_drafts')
    .select(['draft', 'saved_at'])
    .where('interaction', '=', interaction)
    .where('who', '=', who)
    .executeTakeFirst();
  if (row === undefined) return null;
  // Written by `writeDraft` out of such a body.
  return { ...(JSON.parse(row.draft) as ReplyDraftBody), savedAt: new Date(row.saved_at).toISOString() };
}

export async function writeDraft(
  tx: Transaction<Database>,
  { interaction, who }: Owner,
  body: ReplyDraftBody,
  now: number,
): Promise<void> {
  const values = { draft: JSON.stringify(body), saved_at: now };
  await tx
    .insertInto('reply_drafts')
    .values({ interaction, who, ...values })
    .onConflict((conflict) => conflict.columns(['interaction', 'who']).doUpdateSet(values))
    .execute();
}

export async function deleteDraft(tx: Transaction<Database>, { interaction, who }: Owner): Promise<void> {
  await tx.deleteFrom('reply_drafts').where('interaction', '=', interaction).where('who', '=', who).execute();
}
