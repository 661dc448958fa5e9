import { ImapFlow } from 'imapflow';
import { startDovecot } from '../support/dovecot.ts';
import { makeMail } from '../support/mails.ts';
import { startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { addMailbox } from './mailbox.ts';
import { percentile } from './process.ts';

export interface LatencyResult {
  mails: number;
  /** Milliseconds from delivery to the server's IDLE notification, as a bare client hears it. */
  notifyP50: number;
  /** Milliseconds from delivery to the interaction in its queue. */
  queueP50: number;
  queueP99: number;
  /** Milliseconds from the server's notification to the queue. */
  beyondP50: number;
  beyondP99: number;
}

/** One mail at a time through LMTP, watched by a bare IDLE client and by the server's own live events. */
export async function benchLatency(mails: number): Promise<LatencyResult> {
  const dovecot = await startDovecot();
  const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
  const user = 'support@demo.test';
  const watcher = new ImapFlow({
    host: dovecot.host,
    port: dovecot.ports.imap,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: dovecot.password },
    logger: false,
  });
  try {
    await addMailbox(server, dovecot);
    await watcher.connect();
    await watcher.mailboxOpen('INBOX');
    void watcher.idle();
    const notify: number[] = [];
    const queue: number[] = [];
    const beyond: number[] = [];
    for (let index = 0; index < mails; index++) {
      const subject = `Latency ${index}`;
      let notifiedAt = 0;
      watcher.once('exists', () => {
        notifiedAt = performance.now();
      });
      const begin = performance.now();
      await dovecot.deliver(user, makeMail({ from: `c${index}@example.test`, to: user, subject }));
      // Live events are held back to three a second, so a poll is finer; oftener it would slow what it measures.
      await until('the mail is queued', () => isQueued(server, subject), 60_000, 5);
      const queuedAt = performance.now();
      await until('the bare client was told', () => notifiedAt > 0, 60_000, 2);
      notify.push(notifiedAt - begin);
      queue.push(queuedAt - begin);
      beyond.push(Math.max(0, queuedAt - notifiedAt));
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
    watcher.close();
    await server.stop();
    await dovecot.stop();
  }
}

async function isQueued(server: Awaited<ReturnType<typeof startServer>>, subject: string): Promise<boolean> {
  const page = await server.api<{ items: { subject: string }[] }>('GET', '/api/interactions?state=queued&limit=1');
  return page.items[0]?.subject === subject;
}
