import { createTransport } from 'nodemailer';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';

export interface KillReport {
  mails: number;
  kills: number;
  interactions: number;
  /** Mails without an interaction, and mails with more than one. */
  lost: string[];
  doubled: string[];
  /** Senders whom the outgoing server handed more than one answer. */
  answeredTwice: string[];
  /** Outbox rows by state. */
  outbox: Record<string, number>;
  /** Rows shown as sent whose mail never reached the outgoing server. */
  sentButNotReceived: string[];
}

const support = 'support@demo.test';

/**
 * Half the mails come through IMAP, half through the receiver, from a client that repeats what got no 250, as every mail server does;
 * meanwhile the server is killed at moments that the seed decides, and started again on the same data.
 */
export async function killDuringLoad(options: {
  mails: number;
  kills: number;
  seed: number;
  folder: string;
}): Promise<KillReport> {
  const dovecot = await startDovecot();
  const sink = await startSmtpSink();
  const random = seeded(options.seed);
  const ports = { http: await freePort(), smtp: await freePort() };
  const start = () => startServer({ folder: options.folder, ports, env: { SLUICE_LOG: 'warn' } });
  let server = await start();
  try {
    await setUp(server, dovecot, sink);
    const senders = Array.from({ length: options.mails }, (_, index) => `customer-${index}@example.test`);
    const load = deliverAll(senders, dovecot, ports.smtp);
    let kills = 0;
    while (kills < options.kills) {
      // Between the start of the load and some hundred milliseconds in: parsing, committing and sending are all hit.
      await delay(30 + random() * 700);
      await server.kill();
      kills += 1;
      server = await start();
    }
    await load;
    await until('every mail is settled and every answer decided', () => isQuiet(server, options.mails), 120_000, 100);
    return await audit(server, sink, senders, kills);
  } finally {
    await server.stop();
    await dovecot.stop();
    await sink.stop();
  }
}

async function setUp(server: Server, dovecot: Dovecot, sink: SmtpSink): Promise<void> {
  await server.api('PUT', '/api/outbound', { type: 'smtp', host: '127.0.0.1', port: sink.port, security: 'none' });
  const { id } = await server.api<{ id: string }>('POST', '/api/mailboxes', {
    name: 'dovecot',
    type: 'imap',
    address: support,
    host: dovecot.host,
    port: dovecot.ports.imap,
    security: 'none',
    username: support,
    password: dovecot.password,
    flow: 'support',
  });
  await until('the mailbox has its starting point', async () => {
    const view = await server.api<{ status: { lastSuccessAt?: string } }>('GET', `/api/mailboxes/${id}`);
    return view.status.lastSuccessAt !== undefined;
  });
}

async function deliverAll(senders: readonly string[], dovecot: Dovecot, smtpPort: number): Promise<void> {
  for (const [index, sender] of senders.entries()) {
    const mail = makeMail({ from: sender, to: support, subject: `Question of ${sender}`, messageId: newMessageId() });
    if (index % 2 === 0) await dovecot.deliver(support, mail);
    else await sendUntilTaken(sender, mail, smtpPort);
    await delay(15);
  }
}

async function sendUntilTaken(from: string, raw: string, port: number): Promise<void> {
  await until(
    `${from}'s mail is taken`,
    async () => {
      const client = createTransport({
        host: '127.0.0.1',
        port,
        ignoreTLS: true,
        connectionTimeout: 2_000,
        socketTimeout: 5_000,
      });
      try {
        await client.sendMail({ envelope: { from, to: [support] }, raw });
        return true;
      } catch {
        return false;
      } finally {
        client.close();
      }
    },
    60_000,
    50,
  );
}

async function isQuiet(server: Server, mails: number): Promise<boolean> {
  const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
  const settled = Object.entries(counts).reduce((sum, [state, count]) => (state === 'received' ? sum : sum + count), 0);
  if (settled < mails || (counts.received ?? 0) > 0) return false;
  const open = await Promise.all(
    ['waiting', 'sending'].map((state) =>
      server.api<{ items: unknown[] }>('GET', `/api/outbox?state=${state}&limit=1`),
    ),
  );
  return open.every((page) => page.items.length === 0);
}

async function audit(server: Server, sink: SmtpSink, senders: readonly string[], kills: number): Promise<KillReport> {
  const interactions = await everything<{ from: string }>(server, '/api/interactions');
  const outbox = await everything<{ to: string; state: string }>(server, '/api/outbox');
  const perSender = countBy(interactions.map((interaction) => interaction.from));
  const received = countBy(sink.mails.flatMap((mail) => mail.to));
  return {
    mails: senders.length,
    kills,
    interactions: interactions.length,
    lost: senders.filter((sender) => !perSender.has(sender)),
    doubled: senders.filter((sender) => (perSender.get(sender) ?? 0) > 1),
    answeredTwice: [...received].filter(([, count]) => count > 1).map(([sender]) => sender),
    outbox: Object.fromEntries(countBy(outbox.map((row) => row.state))),
    sentButNotReceived: outbox.filter((row) => row.state === 'sent' && !received.has(row.to)).map((row) => row.to),
  };
}

async function everything<T>(server: Server, path: string): Promise<T[]> {
  const items: T[] = [];
  let after = '';
  for (;;) {
    const page = await server.api<{ items: T[]; next: string | null }>('GET', `${path}?limit=200${after}`);
    items.push(...page.items);
    if (page.next === null) return items;
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

function countBy(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const delay = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** mulberry32: small, and the same sequence for the same seed on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
