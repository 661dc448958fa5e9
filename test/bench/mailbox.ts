import { setTimeout } from 'node:timers/promises';
import { addMailbox } from '../support/add-mailbox.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { measureApart, median, residentMemory } from './process.ts';

/** One mailbox full of mails, round by round: what else the machine does weighs on both alike within a round, not from one to the next. */
interface Lap {
  bareSeconds: number[];
  sluiceSeconds: number[];
  /** Bare seconds by Sluice's seconds: 1 or more means that the durable job is no slower. */
  ratios: number[];
}

export interface MailboxResult {
  /** Of one lap. */
  mails: number;
  /** The first lap comes right after the start, while code is still being compiled; of the bare loop likewise. */
  cold: Lap;
  warm: Lap;
  restMb: number;
  loadPeakMb: number;
}

const restSeconds = 20;

const user = 'support@demo.test';
const bareUser = 'bare@demo.test';

/** Twice so many mails, each time from a full mailbox to the last settled interaction, beside the bare loop; taken in turns. */
export async function benchMailbox(mails: number, rounds: number): Promise<MailboxResult> {
  const bare: number[][] = [];
  const sluice: number[][] = [];
  const rest: number[] = [];
  const peak: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dovecot = await startDovecot();
    const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
    try {
      const mailbox = await addMailbox(server, dovecot, user);
      await setEnabled(server, mailbox, false);
      // What starting left behind goes some seconds later: a server at rest is one that has rested.
      await setTimeout(restSeconds * 1_000);
      rest.push((await residentMemory(server.pid)).now);
      const runBare = async () => {
        await dovecot.fill(bareUser, manyMails(0, 2 * mails));
        const args = [String(dovecot.ports.imap), bareUser, dovecot.password, String(mails)];
        bare.push((await measureApart<{ seconds: number[] }>('bare-loop.ts', args)).seconds);
      };
      const runSluice = async () => {
        const laps = [await takeMails(server, dovecot, mailbox, 0, mails)];
        laps.push(await takeMails(server, dovecot, mailbox, mails, mails));
        sluice.push(laps);
        peak.push((await residentMemory(server.pid)).peak);
      };
      for (const run of round % 2 === 0 ? [runBare, runSluice] : [runSluice, runBare]) await run();
    } finally {
      await server.stop();
      await dovecot.stop();
    }
  }
  const lap = (index: number): Lap => {
    const of = (laps: readonly number[]) => laps[index] ?? Number.NaN;
    const bareSeconds = bare.map(of);
    const sluiceSeconds = sluice.map(of);
    const ratios = bareSeconds.map((seconds, round) => seconds / (sluiceSeconds[round] ?? Number.NaN));
    return { bareSeconds, sluiceSeconds, ratios };
  };
  return {
    mails,
    cold: lap(0),
    warm: lap(1),
    restMb: median(rest),
    loadPeakMb: Math.max(...peak),
  };
}

/** Seconds from enabling the mailbox, which holds so many new mails, until the last of them is settled. */
async function takeMails(
  server: Server,
  dovecot: Dovecot,
  mailbox: string,
  first: number,
  count: number,
): Promise<number> {
  await setEnabled(server, mailbox, false);
  await dovecot.fill(user, manyMails(first, count));
  const begin = performance.now();
  await setEnabled(server, mailbox, true);
  // Asking more often would be a load of its own on the event loop that takes the mails.
  await until(`${count} mails are settled`, async () => (await settled(server)) >= first + count, 600_000, 100);
  return (performance.now() - begin) / 1_000;
}

/** Every mail has a sender of its own, so that no budget per sender withholds an answer. */
export function* manyMails(first: number, count: number): Generator<string> {
  for (let index = first; index < first + count; index++) {
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
