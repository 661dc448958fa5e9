import nodemailer from 'nodemailer';
import { addMailbox } from '../support/add-mailbox.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail, newMessageId } from '../support/mails.ts';
import { type Server, startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { isQueued } from './latency.ts';
import { manyMails, settled } from './mailbox.ts';
import { median, percentile, residentMemory } from './process.ts';

export interface BacktestResult {
  mails: number;
  /** Of whole backtests over HTTP, from the call to the last line: the first starts cold. */
  seconds: number[];
  /** The same where every published run is made again, too, because none is on record for the published version. */
  bothSeconds: number[];
  peakMb: number;
  /** Milliseconds from delivery to the queue, one mail at a time: at rest, and while backtests run one after the other. */
  restP50: number;
  restP99: number;
  duringP50: number;
  duringP99: number;
}

const user = 'support@demo.test';

/** Takes in a mailbox, then runs a changed draft on all of it; then delivers single mails at rest and beside backtests. */
export async function benchBacktest(mails: number, rounds: number): Promise<BacktestResult> {
  const dovecot = await startDovecot();
  const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
  try {
    await addMailbox(server, dovecot, user);
    await dovecot.fill(user, manyMails(0, mails));
    await until(`${mails} mails are settled`, async () => (await settled(server)) >= mails, 600_000, 100);
    const document = await changedFlow(server);
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round++) seconds.push(await backtest(server, { document, mails }));
    const rest = await deliverByOne(server, 20);
    const during = await beside(
      () => backtest(server, { document, mails }),
      () => deliverByOne(server, 20),
    );
    await server.api('POST', '/api/flows/support/publish', {
      message: 'Another version',
      document: await changedFlow(server, 'Same'),
    });
    const bothSeconds: number[] = [];
    for (let round = 0; round < rounds; round++) bothSeconds.push(await backtest(server, { document, mails }));
    return {
      mails,
      seconds,
      bothSeconds,
      peakMb: (await residentMemory(server.pid)).peak,
      restP50: median(rest),
      restP99: percentile(rest, 0.99),
      duringP50: median(during),
      duringP99: percentile(during, 0.99),
    };
  } finally {
    await server.stop();
    await dovecot.stop();
  }
}

/** The published flow under another name, or one that takes a word of every other mail for urgent. */
async function changedFlow(server: Server, name?: string): Promise<object> {
  const { document } = await server.api<{ document: { name: string; actions: object } }>('GET', '/api/flows/support');
  if (name !== undefined) return { ...document, name };
  const text = JSON.stringify(document).replaceAll('[URGENT]', 'invoice').replaceAll('email.subject', 'email.text');
  // The same document but for two words.
  return JSON.parse(text) as object;
}

async function backtest(server: Server, body: { document: object; mails: number }): Promise<number> {
  const begin = performance.now();
  const response = await fetch(`${server.url}/api/flows/support/backtest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const lines = (await response.text()).trimEnd().split('\n');
  const seconds = (performance.now() - begin) / 1_000;
  // The last line of a backtest, see schemas/api/backtest.ts; anything else ends the bench below.
  const end = JSON.parse(lines.at(-1) ?? '') as { event: string; mails: number; same: number };
  if (end.event !== 'end' || end.mails < body.mails) throw new Error(`The backtest ended with ${lines.at(-1)}`);
  return seconds;
}

/** Runs `load` again and again until `work` is done. */
async function beside<T>(load: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  let isDone = false;
  const loading = (async () => {
    while (!isDone) await load();
  })();
  try {
    return await work();
  } finally {
    isDone = true;
    await loading;
  }
}

/** Milliseconds from the first word of SMTP to the queue, mail by mail. */
async function deliverByOne(server: Server, count: number): Promise<number[]> {
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: server.ports.smtp,
    ignoreTLS: true,
    pool: true,
  });
  const took: number[] = [];
  try {
    for (let index = 0; index < count; index++) {
      const subject = `One ${index} ${newMessageId()}`;
      const from = `c${index}@example.test`;
      const raw = makeMail({ from, to: user, subject });
      const begin = performance.now();
      await transport.sendMail({ envelope: { from, to: [user] }, raw });
      await until('the mail is queued', () => isQueued(server, subject), 60_000, 3);
      took.push(performance.now() - begin);
    }
    return took;
  } finally {
    transport.close();
  }
}
