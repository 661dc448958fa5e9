import { addMailbox } from '../support/add-mailbox.ts';
import { startDovecot } from '../support/dovecot.ts';
import { makeMailWithAttachment } from '../support/mails.ts';
import { startServer } from '../support/start-server.ts';
import { until } from '../support/until.ts';
import { residentMemory } from './process.ts';

export interface BigMailsResult {
  mails: number;
  megabytes: number;
  seconds: number;
  peakMb: number;
}

/** Many large mails at once: memory must follow the largest, not the sum. */
export async function benchBigMails(mails: number, megabytes: number): Promise<BigMailsResult> {
  const dovecot = await startDovecot();
  const server = await startServer({ env: { SLUICE_LOG: 'warn' } });
  const user = 'support@demo.test';
  try {
    await addMailbox(server, dovecot, user);
    // Base64 adds a third: the mail as it travels has the size that is asked for.
    const raw = makeMailWithAttachment(megabytes * 0.73, { to: user });
    const begin = performance.now();
    for (let index = 0; index < mails; index++) {
      const own = Buffer.concat([Buffer.from(`X-Number: ${index}\r\n`), raw]);
      await dovecot.fill(user, [own]);
    }
    await until(
      'the big mails are queued',
      async () => {
        const { counts } = await server.api<{ counts: Record<string, number> }>('GET', '/api/ledger?limit=1');
        return (counts.queued ?? 0) + (counts.quarantined ?? 0) >= mails;
      },
      600_000,
      100,
    );
    const seconds = (performance.now() - begin) / 1_000;
    return { mails, megabytes, seconds, peakMb: (await residentMemory(server.pid)).peak };
  } finally {
    await server.stop();
    await dovecot.stop();
  }
}
