import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { measureApart, median, residentMemory } from './process.ts';

export interface MailboxResult {
  mails: number;
  bareSeconds: number[];
  sluiceSeconds: number[];
  /** Bare seconds by Sluice's seconds of each round: 1 or more means that the durable job is no slower. */
  ratios: number[];
  /** Their median: what else the machine does weighs on both alike within a round, not from one round to the next. */
  ratio: number;
  restMb: number;
  loadPeakMb: number;
}

const user = 'support@demo.test';

/** A mailbox of `mails` mails, from connecting to the last settled interaction, beside the bare loop; taken in turns. */
export async function benchMailbox(mails: number, rounds: number): Promise<MailboxResult> {
  const bareSeconds: number[] = [];
  const sluiceSeconds: number[] = [];
  const rest: number[] = [];
  const peak: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dovecot = await startDovecot();
    const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
    try {
      const mailbox = await addMailbox(server, dovecot);
      await setEnabled(server, mailbox, false);
      rest.push((await residentMemory(server.pid)).now);
      await dovecot.fill(user, manyMails(mails));
      const bare = () =>
        measureApart<{ seconds: number }>('bare-loop.ts', [String(dovecot.ports.imap), user, dovecot.password]);
      const durable = async () => {
        const begin = performance.now();
        await setEnabled(server, mailbox, true);
        await until(`${mails} mails are settled`, async () => (await settled(server)) >= mails, 600_000, 50);
        return (performance.now() - begin) / 1_000;
      };
      if (round % 2 === 0) bareSeconds.push((await bare()).seconds);
      sluiceSeconds.push(await durable());
      if (round % 2 === 1) bareSeconds.push((await bare()).seconds);
      peak.push((await residentMemory(server.pid)).peak);
    } finally {
      await server.stop();
      await dovecot.stop();
    }
  }
  const ratios = bareSeconds.map((bare, round) => bare / (sluiceSeconds[round] ?? Number.NaN));
  return {
    mails,
    bareSeconds,
    sluiceSeconds,
    ratios,
    ratio: median(ratios),
    restMb: median(rest),
    loadPeakMb: Math.max(...peak),
  };
}

/** Adds the mailbox and waits until its starting point is stored: only what arrives after that is taken. */
export async function addMailbox(server: Server, dovecot: Dovecot, flow = 'support'): Promise<string> {
  const { id } = await server.api<{ id: string }>('POST', '/api/mailboxes', {
    name: 'bench',
    type: 'imap',
    address: user,
    host: dovecot.host,
    port: dovecot.ports.imap,
    security: 'none',
    username: user,
    password: dovecot.password,
    maxBytes: 52_428_800,
    flow,
  });
  await until('the mailbox is connected', async () => {
    const view = await server.api<{ status: { state: string; lastSuccessAt?: string } }>('GET', `/api/mailboxes/${id}`);
    return view.status.state === 'connected' && view.status.lastSuccessAt !== undefined;
  });
  return id;
}

/** Every mail has a sender of its own, so that no budget per sender withholds an answer. */
export function* manyMails(count: number): Generator<string> {
  for (let index = 0; index < count; index++) {
    yield makeMail({ from: `Customer ${index} <customer-${index}@example.test>`, to: user, messageId: newMessageId() });
  }
}

async function setEnabled(server: Server, mailbox: string, enabled: boolean): Promise<void> {
  await server.api('PATCH', `/api/mailboxes/${mailbox}`, { enabled });
  if (enabled) return;
  await until('the mailbox has stopped', async () => {
    const view = await server.api<{ status: { state: string } }>('GET', `/api/mailboxes/${mailbox}`);
    return view.status.state === 'stopped';
  });
}

export async function settled(server: Server): Promise<number> {
  const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
  return Object.entries(counts).reduce((sum, [state, count]) => (state === 'received' ? sum : sum + count), 0);
}
