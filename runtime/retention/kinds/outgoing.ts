import { sql } from 'kysely';
import { type Kind, listOf } from './kind.ts';
import { walkIds } from './walk-ids.ts';

/** Text, files and bytes of what was sent. To whom, when and in which conversation stays: by that answers find their way. */
export const outgoing: Kind = {
  find: (db, rule, place, rows) =>
    walkIds(db, rule, place, {
      rows,
      from: sql`outbox`,
      may: sql<boolean>`(
        removed is null and state not in ('waiting', 'sending', 'uncertain')
        and max(queued_at, coalesce(sent_at, 0)) < ${rule.cutoff}
      )`,
    }),

  async remove(tx, keys, { removal }) {
    // What a person wrote stands beside the mails that it became.
    await sql`
      delete from reply_files where id in (
        select reply_files.id from outbox
        join reply_files on reply_files.interaction = outbox.interaction and reply_files.reply = outbox.action
        where outbox.kind = 'reply' and outbox.id in ${listOf(keys)}
      )
    `.execute(tx);
    await sql`
      update replies set text = ''
      where id in (select action from outbox where kind = 'reply' and id in ${listOf(keys)})
    `.execute(tx);
    await sql`
      update outbox set text = '', raw = zeroblob(0), removed = ${removal} where id in ${listOf(keys)}
    `.execute(tx);
  },
};
