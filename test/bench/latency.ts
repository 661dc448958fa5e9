import { addMailbox } from '../support/add-mailbox.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { percentile } from './process.ts';
import { startRelay } from './relay.ts';

export interface LatencyResult {
  mails: number;
  /** Milliseconds from delivery to the mail server's IDLE notification; Dovecot collects changes for half a second. */
  notifyP50: number;
  /** Milliseconds from delivery to the interaction in its queue. */
  queueP50: number;
  queueP99: number;
  /** Milliseconds from the notification to the queue. */
  beyondP50: number;
  beyondP99: number;
}

const exists = /^\* \d+ EXISTS\r$/im;

/**
 * One mail at a time through LMTP. The notification is timed on Sluice's own connection, by a relay before the mail server: a second
 * client would be told at another moment, since Dovecot's half second begins for each connection with its own last change.
 */
export async function benchLatency(mails: number): Promise<LatencyResult> {
  const dovecot = await startDovecot();
  const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
  const user = 'support@demo.test';
  let notifiedAt = 0;
  const relay = await startRelay(dovecot.ports.imap, (text) => {
    if (notifiedAt === 0 && exists.test(text)) notifiedAt = performance.now();
  });
  try {
    await addMailbox(server, { ...dovecot, ports: { ...dovecot.ports, imap: relay.port } }, user);
    const notify: number[] = [];
    const queue: number[] = [];
    const beyond: number[] = [];
    for (let index = 0; index < mails; index++) {
      const subject = `Latency ${index}`;
      const raw = makeMail({ from: `c${index}@example.test`, to: user, subject });
      notifiedAt = 0;
      const begin = performance.now();
      await dovecot.deliver(user, raw);
      // Live events are held back to three a second, so a poll is finer; oftener it would slow what it measures.
      await until('the mail is queued', () => isQueued(server, subject), 60_000, 5);
      const queuedAt = performance.now();
      // A poll of the mailbox may have found the mail before the notification came.
      if (notifiedAt === 0) continue;
      notify.push(notifiedAt - begin);
      queue.push(queuedAt - begin);
      beyond.push(queuedAt - notifiedAt);
    }
    return {
      mails,
      notifyP50: percentile(notify, 0.5),
      queueP50: percentile(queue, 0.5),
      queueP99: percentile(queue, 0.99),
      beyondP50: percentile(beyond, 0.5),
      beyondP99: percentile(beyond, 0.99),
    };
  } finally {
    await server.stop();
    await relay.stop();
    await dovecot.stop();
  }
}

/** Whether the newest queued mail is this one. */
export async function isQueued(server: Awaited<ReturnType<typeof startServer>>, subject: string): Promise<boolean> {
  const page = await server.api<{ items: { subject: string }[] }>('GET', '/api/interactions?state=queued&limit=1');
  return page.items[0]?.subject === subject;
}
