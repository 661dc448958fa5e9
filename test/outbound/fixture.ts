import { hash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { createHttpDoor } from '../../runtime/egress/http-door.ts';
import { createGraph } from '../../runtime/graph/client.ts';
import { type AnswerRows, createAnswerRows } from '../../runtime/outbound/answer-rows.ts';
import { createOutbox, type Outbox } from '../../runtime/outbound/outbox.ts';
import { createOutboxWritings } from '../../runtime/outbound/outbox-rows.ts';
import { senderTypeOf } from '../../runtime/outbound/sender-types.ts';
import { firstSettings } from '../../runtime/settings/first-settings.ts';
import { openStore, type Store } from '../../runtime/store/store.ts';
import { createWriter } from '../../runtime/store/writer.ts';
import type { Email } from '../../schemas/email.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import type { Effect } from '../../schemas/run.ts';
import type { SmtpServer } from '../../schemas/senders/smtp.ts';
import type { Mailbox, Settings } from '../../schemas/settings.ts';

const silentLog = { info() {}, warn() {}, error() {} };

/** A plain mail from a stranger that may be answered. */
export function emailFrom(address: string, changes: Partial<Email> = {}): Email {
  const domain = address.slice(address.indexOf('@') + 1);
  return {
    subject: 'Parcel',
    from: { address, name: 'Vera', domain },
    to: [{ address: 'support@demo.test', name: '', domain: 'demo.test' }],
    cc: [],
    replyTo: [],
    date: null,
    messageId: `${ulid().toLowerCase()}@${domain}`,
    inReplyTo: '',
    references: [],
    headers: {},
    text: 'Where is it?',
    html: '',
    preview: '',
    replyText: '',
    attachments: [],
    size: 100,
    language: '',
    isAutoReply: false,
    isBounce: false,
    isList: false,
    mayAutoRespond: true,
    evidence: [],
    authentication: { spf: 'none', dkim: 'none', dmarc: 'none' },
    ...changes,
  };
}

export function answerTo(email: Email, changes: Partial<Effect> = {}): Effect {
  return {
    type: 'auto-response',
    action: 'ack',
    to: email.from.address,
    subject: `Re: ${email.subject}`,
    body: 'We have got it.',
    allowed: true,
    reason: '',
    ...changes,
  };
}

export interface TestOutbox {
  outbox: Outbox;
  answers: AnswerRows;
  store: Store;
  settings: Settings;
  clock: { time: number; now(): number };
  mailbox: Mailbox;
  /** Rows that were told to have failed by themselves. */
  undelivered: readonly string[];
  sign(purpose: string, text: string): string;
  /** Puts these in place of what was set up; the first is the default. */
  setOutbound(...outbound: readonly OutboundMailbox[]): void;
  status(id?: string): ReturnType<Outbox['status']>;
  /** What intake does when it settles a mail with these effects. */
  settle(email: Email, effects?: readonly Effect[], route?: string): Promise<string>;
  rows(): Promise<
    { id: string; state: string; reason: string; attempts: number; to_address: string; subject: string }[]
  >;
  row(): Promise<{ id: string; state: string; reason: string; attempts: number; next_attempt_at: number | null }>;
  close(): Promise<void>;
}

/** A real outbox on a real SQLite file, with a clock that the test moves. The caller removes a folder that it names. */
export async function openOutbox(first: OutboundMailbox | null, folder?: string): Promise<TestOutbox> {
  const keys = {
    open: (sealed: string) => sealed,
    token: () => Promise.reject(new Error('no way out names an authorisation')),
    graph: createGraph({ door: createHttpDoor({ allow: () => [] }) }),
  };
  const folderOfOurs = folder ?? (await mkdtemp(join(tmpdir(), 'sluice-outbox-')));
  const store = await openStore(join(folderOfOurs, 'sluice.db'));
  const settings = firstSettings();
  let current = withOutbound(settings, first === null ? [] : [first]);
  const clock = { time: Date.now(), now: () => clock.time };
  const [mailbox] = settings.mailboxes;
  if (mailbox === undefined) throw new Error('the first settings have a mailbox');
  const onChange = () => {};
  const undelivered: string[] = [];
  const sign = (purpose: string, text: string) =>
    hash('sha256', `${purpose} ${text}`)
      .replace(/[0189]/g, '2')
      .slice(0, 16);
  const deps = { settings: { read: () => current, sign }, clock };
  const answers = createAnswerRows(deps);
  const outbox = createOutbox({
    store,
    write: createWriter(store, {
      writings: createOutboxWritings(async (_tx, ids) => void undelivered.push(...ids)),
      beforeCommit: async () => {},
    }),
    ...deps,
    log: silentLog,
    onChange,
    senderFor: (outbound) => senderTypeOf(outbound).createSender(outbound, keys),
  });
  const rows = () => store.read.selectFrom('outbox').selectAll().orderBy('id').execute();

  return {
    outbox,
    answers,
    store,
    get settings() {
      return current;
    },
    clock,
    mailbox,
    undelivered,
    sign,
    setOutbound(...outbound) {
      current = withOutbound(current, outbound);
      outbox.wake();
    },
    status: (id = 'smtp-client') => outbox.status(id),
    async settle(email, effects = [answerTo(email)], route = undefined) {
      const interaction = ulid();
      await store.commit(async (tx) => {
        await tx.insertInto('ledger').values(ledgerRow(interaction, clock.now())).execute();
        const { id } = await tx
          .selectFrom('ledger')
          .select('id')
          .where('server_key', '=', interaction)
          .executeTakeFirstOrThrow();
        await tx
          .insertInto('interactions')
          .values(interactionRow(interaction, id, email, clock.now()))
          .execute();
        const reviewed = await answers.review(tx, { email, mailbox, effects });
        await answers.enqueue(tx, { interaction, email, mailbox, effects: reviewed, route: route ?? null });
      });
      outbox.wake();
      return interaction;
    },
    rows,
    async row() {
      const [row] = await rows();
      if (row === undefined) throw new Error('no row in the outbox');
      return row;
    },
    async close() {
      await outbox.stop();
      await store.close();
      if (folder === undefined) await rm(folderOfOurs, { recursive: true });
    },
  };
}

/** An outbound mailbox to a server on this machine. */
export function smtpTo(
  port: number,
  server: Partial<SmtpServer> = {},
  changes: Partial<OutboundMailbox> = {},
): OutboundMailbox {
  return {
    id: 'smtp-client',
    name: 'smtp-client',
    type: 'smtp',
    enabled: true,
    sendsFor: [],
    envelopeSender: 'nobody',
    connections: 5,
    mailsPerConnection: 100,
    limits: {},
    ...changes,
    smtp: { host: '127.0.0.1', port, security: 'none', ...server },
  };
}

function withOutbound(settings: Settings, outbound: readonly OutboundMailbox[]): Settings {
  return { ...settings, outboundMailboxes: [...outbound], defaultOutbound: outbound[0]?.id ?? null };
}

function ledgerRow(interaction: string, now: number) {
  return {
    mailbox: 'receiver',
    folder: '',
    server_key: interaction,
    state: 'queued',
    reason: '',
    attempts: 1,
    size: 100,
    envelope: null,
    received_at: now,
    accepted_at: now,
    settled_at: now,
    interaction,
  } as const;
}

function interactionRow(id: string, ledger: number, email: Email, now: number) {
  return {
    id,
    ledger,
    state: 'queued',
    queue: 'general',
    priority: 0,
    rank: now,
    skills: '[]',
    subject: email.subject,
    from_address: email.from.address,
    from_name: '',
    preview: '',
    received_at: now,
    mailbox: 'receiver',
    flow: null,
    version: null,
    reason: '',
    claimed_by: null,
    claimed_until: null,
    finished_at: null,
  } as const;
}
