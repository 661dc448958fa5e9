import type { Transaction } from 'kysely';
import type { ReplyBody, ReplyDraftBody, ReplyFile, SentReply } from '../../schemas/api/replies.ts';
import { usualHoldSeconds } from '../../schemas/api/replies.ts';
import type { Topic } from '../../schemas/api/system.ts';
import { UserError } from '../../schemas/errors.ts';
import type { Settings } from '../../schemas/settings.ts';
import { conversationOf, membersOf } from '../intake/conversations.ts';
import { noteIntervention } from '../intake/interventions.ts';
import type { Sign } from '../outbound/bounce-token.ts';
import type { Outbox } from '../outbound/outbox.ts';
import { createInsertRow, type NewRow } from '../outbound/outbox-rows.ts';
import { plainSubject } from '../outbound/subject.ts';
import { finishHeld, prolong, requireHeld } from '../queues/held.ts';
import { usualLeaseSeconds } from '../queues/leases.ts';
import type { Database } from '../store/database.ts';
import { createIds } from '../store/ids.ts';
import type { Store } from '../store/store.ts';
import { findMail } from './answered-mail.ts';
import { deleteDraft, writeDraft } from './drafts.ts';
import { addFile, bindFiles, deleteFiles, draftFiles, type FileToAttach, filesToSend } from './files.ts';
import { checkedRecipients, mailProblem } from './recipients.ts';
import { type CheckedReply, replyRows } from './reply-rows.ts';
import { chosenSender } from './senders.ts';
import { readReply } from './sent-replies.ts';
import { takeBack } from './take-back.ts';

/** Whoever writes: a user or a token. */
interface Writer {
  id: string;
  name: string;
}

/** What a person answers. */
export interface Answering {
  /** Keeps what somebody has begun to write, and the mail with them meanwhile if they hold it. */
  saveDraft(interaction: string, who: string, draft: ReplyDraftBody): Promise<void>;
  /** Throws away text and files. */
  discardDraft(interaction: string, who: string): Promise<void>;
  /**
   * Keeps a file with the draft; returns all that are there.
   *
   * @throws UserError `interaction-not-found` (404), `file-empty`, `files-too-large` (413), `too-many-files` (422).
   */
  attach(interaction: string, who: string, file: Omit<FileToAttach, 'id'>): Promise<ReplyFile[]>;
  detach(interaction: string, who: string, file: string): Promise<ReplyFile[]>;
  /**
   * Puts an answer into the outbox, where it can be taken back for some seconds. The same key of the same person again sends nothing more.
   *
   * @throws UserError `interaction-not-found` (404), `not-answerable`, `not-claimed` (409), `answered-meanwhile` (409), and what
   * `chosenSender` and `checkedRecipients` refuse.
   */
  send(interaction: string, writer: Writer, body: ReplyBody): Promise<SentReply>;
  /**
   * Takes out of the outbox what has not left, and makes a draft of it again.
   *
   * @throws UserError `reply-not-found` (404), `not-your-reply` (403), `reply-left` (409).
   */
  takeBack(interaction: string, reply: string, who: string): Promise<SentReply>;
}

export function createAnswering(deps: {
  store: Pick<Store, 'read' | 'commit'>;
  settings: { read(): Settings; sign: Sign };
  outbox: Pick<Outbox, 'wake'>;
  clock: { now(): number };
  onChange: (topic: Topic) => void;
}): Answering {
  const { store, settings, clock } = deps;
  const createId = createIds();
  const insertRow = createInsertRow();
  const leaseMs = usualLeaseSeconds * 1_000;

  function changed(): void {
    for (const topic of ['interactions', 'queues', 'outbox'] as const) deps.onChange(topic);
    deps.outbox.wake();
  }

  async function sentBefore(who: string, key: string): Promise<{ id: string; interaction: string } | undefined> {
    return store.read
      .selectFrom('replies')
      .select(['id', 'interaction'])
      .where('who', '=', who)
      .where('key', '=', key)
      .executeTakeFirst();
  }

  /** @throws UserError for what is asked; see `send`. */
  async function checked(interaction: string, who: string, body: ReplyBody): Promise<CheckedReply> {
    const current = settings.read();
    const mail = await findMail(store.read, current, interaction);
    const problem = mailProblem(mail.email);
    if (mail.email === null || problem !== '') throw new UserError('not-answerable', problem, { status: 409 });
    const answered = { ...mail, email: mail.email };
    const sender = chosenSender(current, answered, body.from);
    const recipients = checkedRecipients({ to: body.to, cc: body.cc ?? [] }, current);
    const many = recipients.to.length + recipients.cc.length + (mail.route?.bcc?.length ?? 0);
    const now = clock.now();
    return {
      id: createId(now),
      mail: answered,
      sender,
      ...recipients,
      files: await filesToSend(store.read, { interaction, who }, body.files ?? [], many),
      subject: plainSubject(body.subject),
      text: body.text,
      quote: body.quote ?? mail.route?.history === true,
      now,
      heldUntil: now + (body.holdSeconds ?? usualHoldSeconds) * 1_000,
    };
  }

  async function write(tx: Transaction<Database>, reply: CheckedReply, rows: readonly NewRow[], from: Asked) {
    const { writer, body } = from;
    const interaction = reply.mail.id;
    const held = { interaction, user: writer.id, now: reply.now };
    await requireHeld(tx, held);
    await refuseAnswered(tx, { interaction, who: writer.id, lastSeen: body.lastSeen });
    await tx
      .insertInto('replies')
      .values({
        id: reply.id,
        interaction,
        who: writer.id,
        who_name: writer.name,
        key: body.key,
        from_address: reply.sender.address,
        from_chosen: body.from ?? null,
        to_addresses: JSON.stringify(reply.to),
        cc_addresses: JSON.stringify(reply.cc),
        subject: reply.subject,
        text: reply.text,
        quoted: reply.quote ? 1 : 0,
        files: JSON.stringify(reply.files.map(({ bytes: _, ...file }) => file)),
        created_at: reply.now,
        held_until: reply.heldUntil,
        finished: body.finish === true ? 1 : 0,
        taken_back_at: null,
      })
      .execute();
    for (const row of rows) await insertRow(tx, row);
    await deleteDraft(tx, { interaction, who: writer.id });
    const files = reply.files.map(({ id }) => id);
    await bindFiles(tx, files, reply.id);
    await noteIntervention(tx, {
      interaction,
      ledger: reply.mail.ledger,
      at: reply.now,
      who: writer.id,
      action: 'answer',
      detail: `to ${[...reply.to, ...reply.cc].join(', ')}`,
    });
    if (body.finish === true) await finishHeld(tx, held);
    else await prolong(tx, held, reply.now + leaseMs);
  }

  return {
    async saveDraft(interaction, who, draft) {
      await findMail(store.read, settings.read(), interaction);
      await store.commit(async (tx) => {
        const now = clock.now();
        await writeDraft(tx, { interaction, who }, draft, now);
        await prolong(tx, { interaction, user: who, now }, now + leaseMs);
      });
    },

    discardDraft: (interaction, who) =>
      store.commit(async (tx) => {
        await deleteDraft(tx, { interaction, who });
        await deleteFiles(tx, { interaction, who });
      }),

    async attach(interaction, who, file) {
      await findMail(store.read, settings.read(), interaction);
      await store.commit(async (tx) => {
        const now = clock.now();
        await addFile(tx, { interaction, who }, { ...file, id: createId(now) }, now);
        await prolong(tx, { interaction, user: who, now }, now + leaseMs);
      });
      return draftFiles(store.read, { interaction, who });
    },

    async detach(interaction, who, id) {
      await store.commit((tx) => deleteFiles(tx, { interaction, who }, id));
      return draftFiles(store.read, { interaction, who });
    },

    async send(interaction, writer, body) {
      const before = await sentBefore(writer.id, body.key);
      if (before !== undefined) return readReply(store.read, interaction, before.id, clock.now());
      const reply = await checked(interaction, writer.id, body);
      const rows = await replyRows(reply, { settings, createId });
      const id = await store.commit(async (tx) => {
        // Asked twice at once: the first one stands.
        const [same] = await tx
          .selectFrom('replies')
          .select('id')
          .where('who', '=', writer.id)
          .where('key', '=', body.key)
          .execute();
        if (same !== undefined) return same.id;
        await write(tx, reply, rows, { writer, body });
        return reply.id;
      });
      changed();
      return readReply(store.read, interaction, id, clock.now());
    },

    async takeBack(interaction, id, who) {
      await store.commit((tx) => takeBack(tx, { interaction, id, who, now: clock.now() }));
      changed();
      return readReply(store.read, interaction, id, clock.now());
    },
  };
}

interface Asked {
  writer: Writer;
  body: ReplyBody;
}

/** Two people answering one customer contradict each other. */
async function refuseAnswered(
  tx: Transaction<Database>,
  { interaction, who, lastSeen }: { interaction: string; who: string; lastSeen: string | undefined },
): Promise<void> {
  if (lastSeen === undefined) return;
  const members = await membersOf(tx, await conversationOf(tx, interaction));
  const newer = await tx
    .selectFrom('replies')
    .select('who_name')
    .where('interaction', 'in', members)
    .where('id', '>', lastSeen)
    .where('who', '<>', who)
    .where('taken_back_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newer === undefined) return;
  const message = `${newer.who_name} has answered this conversation meanwhile. Read that answer, then send yours again if it is still needed.`;
  throw new UserError('answered-meanwhile', message, { status: 409 });
}
