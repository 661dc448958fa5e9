import type { Kysely, Transaction } from 'kysely';
import type { Conversation } from '../../schemas/api/conversations.ts';
import { UserError } from '../../schemas/errors.ts';
import { summaryColumns, toSummary } from '../queues/interaction-summary.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';
import { noteIntervention } from './interventions.ts';

type Read = Kysely<Database>;

/** Mails shown of one conversation; the newest of a longer one are left out. */
const maxMails = 200;

/** The interaction that a conversation began with; the mail's own id where it answers nothing. */
export async function conversationOf(read: Read, interaction: string): Promise<string> {
  const row = await read
    .selectFrom('conversation_links')
    .select('conversation')
    .where('interaction', '=', interaction)
    .executeTakeFirst();
  return row?.conversation ?? interaction;
}

/** Everybody who may speak in it, lower case: who wrote, whom we wrote to, and whom the first mail was sent to beside us. */
export async function participants(read: Read, conversation: string): Promise<ReadonlySet<string>> {
  const ids = await membersOf(read, conversation);
  const senders = await read
    .selectFrom('interactions')
    .select('from_address')
    .where('id', 'in', ids)
    // Whoever waits to be let in is not in yet.
    .where('state', '<>', 'held')
    .execute();
  const answered = await read.selectFrom('outbox').select('to_address').where('interaction', 'in', ids).execute();
  const first = await read
    .selectFrom('interaction_details')
    .select('email')
    .where('interaction', '=', conversation)
    .executeTakeFirst();
  return new Set(
    [
      ...senders.map((row) => row.from_address),
      ...answered.map((row) => row.to_address),
      ...recipientsIn(first?.email ?? null),
    ].map((address) => address.toLowerCase()),
  );
}

/** @throws UserError `interaction-not-found` (404). */
export async function readConversation(read: Read, interaction: string): Promise<Conversation> {
  const conversation = await conversationOf(read, interaction);
  const ids = await membersOf(read, conversation);
  const links = await read.selectFrom('conversation_links').selectAll().where('interaction', 'in', ids).execute();
  const rows = await read
    .selectFrom('interactions')
    .select(summaryColumns)
    .where('id', 'in', ids)
    .orderBy('id')
    .limit(maxMails)
    .execute();
  return {
    conversation,
    items: rows.map((row) => ({
      ...toSummary(row),
      how: links.find((link) => link.interaction === row.id)?.how ?? null,
    })),
  };
}

/** What a person does with conversations. Each is noted at the mail. */
export interface ConversationsByHand {
  /**
   * Puts a mail, with all that answers it, into the conversation of another.
   *
   * @throws UserError `interaction-not-found` (404), `same-conversation` (409).
   */
  merge(interaction: string, into: string, who: string): Promise<void>;
  /**
   * Takes a mail out of its conversation.
   *
   * @throws UserError `interaction-not-found` (404), `nothing-to-split` (409).
   */
  split(interaction: string, who: string): Promise<void>;
}

export function createConversationsByHand({
  store,
  clock,
}: {
  store: Pick<Store, 'commit'>;
  clock: { now(): number };
}): ConversationsByHand {
  return {
    merge: (interaction, into, who) =>
      store.commit(async (tx) => {
        const ledger = await ledgerOf(tx, interaction);
        await ledgerOf(tx, into);
        const target = await conversationOf(tx, into);
        if (target === (await conversationOf(tx, interaction))) {
          throw new UserError('same-conversation', 'Both mails are in one conversation already.', { status: 409 });
        }
        await tx
          .updateTable('conversation_links')
          .set({ conversation: target })
          .where('conversation', '=', interaction)
          .execute();
        await tx
          .insertInto('conversation_links')
          .values({ interaction, conversation: target, how: 'by-hand' })
          .onConflict((conflict) =>
            conflict.column('interaction').doUpdateSet({ conversation: target, how: 'by-hand' }),
          )
          .execute();
        await noteIntervention(tx, {
          interaction,
          ledger,
          at: clock.now(),
          who,
          action: 'merge',
          detail: `into ${target}`,
        });
      }),

    split: (interaction, who) =>
      store.commit(async (tx) => {
        const ledger = await ledgerOf(tx, interaction);
        const conversation = await conversationOf(tx, interaction);
        if (conversation === interaction) {
          const message = 'The conversation begins with this mail. Split off the ones that do not belong to it.';
          throw new UserError('nothing-to-split', message, { status: 409 });
        }
        await tx.deleteFrom('conversation_links').where('interaction', '=', interaction).execute();
        const detail = `from ${conversation}`;
        await noteIntervention(tx, { interaction, ledger, at: clock.now(), who, action: 'split', detail });
      }),
  };
}

async function ledgerOf(tx: Transaction<Database>, interaction: string): Promise<number> {
  const row = await tx.selectFrom('interactions').select('ledger').where('id', '=', interaction).executeTakeFirst();
  if (row !== undefined) return row.ledger;
  throw new UserError('interaction-not-found', `There is no interaction ${interaction}.`, { status: 404 });
}

/** The interactions of a conversation, oldest first, by the one that it began with. */
export async function membersOf(read: Read, conversation: string): Promise<string[]> {
  const rows = await read
    .selectFrom('conversation_links')
    .select('interaction')
    .where('conversation', '=', conversation)
    .orderBy('interaction')
    .limit(maxMails)
    .execute();
  return [conversation, ...rows.map((row) => row.interaction)];
}

function recipientsIn(json: string | null): string[] {
  if (json === null) return [];
  // Written by settle out of an email.
  const { to, cc } = JSON.parse(json) as { to: { address: string }[]; cc: { address: string }[] };
  return [...to, ...cc].map(({ address }) => address).filter((address) => address !== '');
}
