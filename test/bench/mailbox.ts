import { addMailbox } from '../support/add-mailbox.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { measureApart, median, residentMemory } from './process.ts';

/** One half of the mailbox, round by round: what else the machine does weighs on both alike within a round, not from one to the next. */
interface Lap {
  bareSeconds: number[];
  sluiceSeconds: number[];
  /** Bare seconds by Sluice's seconds: 1 or more means that the durable job is no slower. */
  ratios: number[];
}

export interface MailboxResult {
  /** Of one lap. */
  mails: number;
  /** The first half comes right after the start, while code is still being compiled; of the bare loop likewise. */
  cold: Lap;
  warm: Lap;
  restMb: number;
  loadPeakMb: number;
}

const user = 'support@demo.test';

/** Twice `mails` mails in a mailbox, from connecting to the last settled interaction, beside the bare loop; taken in turns. */
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
      rest.push((await residentMemory(server.pid)).now);
      await dovecot.fill(user, manyMails(2 * mails));
      const args = [String(dovecot.ports.imap), user, dovecot.password, String(mails)];
      const runBare = async () => bare.push((await measureApart<{ seconds: number[] }>('bare-loop.ts', args)).seconds);
      if (round % 2 === 0) await runBare();
      const begin = performance.now();
      const secondsUntil = async (count: number) => {
        await until(`${count} mails are settled`, async () => (await settled(server)) >= count, 600_000, 20);
        return (performance.now() - begin) / 1_000;
      };
      await setEnabled(server, mailbox, true);
      sluice.push([await secondsUntil(mails), await secondsUntil(2 * mails)]);
      peak.push((await residentMemory(server.pid)).peak);
      if (round % 2 === 1) await runBare();
    } finally {
      await server.stop();
      await dovecot.stop();
    }
  }
  const lap = (of: (laps: readonly number[]) => number): Lap => {
    const bareSeconds = bare.map(of);
    const sluiceSeconds = sluice.map(of);
    const ratios = bareSeconds.map((seconds, round) => seconds / (sluiceSeconds[round] ?? Number.NaN));
    return { bareSeconds, sluiceSeconds, ratios };
  };
  return {
    mails,
    cold: lap(([first = Number.NaN]) => first),
    warm: lap(([first = Number.NaN, second = Number.NaN]) => second - first),
    restMb: median(rest),
    loadPeakMb: Math.max(...peak),
  };
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
