import { coerceError } from '../../schemas/errors.ts';
import type { SmtpServer } from '../../schemas/senders/smtp.ts';
import type { GetCredentials } from '../authorisations/credentials.ts';
import type { OutgoingMail, Sender, SendResult } from './sender.ts';
import { connectionOf, refuseOpenSmtp } from './smtp-connection.ts';
import { resultOf, unavailable } from './smtp-result.ts';
import { openSmtpSession, type SmtpSession, type SmtpTimeouts } from './smtp-session.ts';

const usualTimeouts: SmtpTimeouts = { connect: 30_000, dialogue: 60_000, answer: 300_000 };

/** Shorter than any server's own patience, so that an idle connection is closed by us and not under a mail. */
const maxIdleMs = 15_000;

interface IdleSession {
  session: SmtpSession;
  mails: number;
  since: number;
}

export interface SmtpSenderOptions {
  smtp: SmtpServer;
  /** Asked before each login; null where the server asks for none. What it rejects with suspends the mailbox. */
  credentials: GetCredentials | null;
  /** Servers count mails per connection and grow suspicious; 100 is what most allow. */
  mailsPerConnection: number;
  timeouts?: SmtpTimeouts;
}

/**
 * Sends over SMTP, keeping connections open for the next mails; there are never more than mails under way at a time.
 *
 * @throws UserError `tls-needed` where TLS is off for a host that is not this machine, or a login could travel in the open.
 */
export function createSmtpSender(options: SmtpSenderOptions): Sender {
  const { smtp, mailsPerConnection, timeouts = usualTimeouts } = options;
  refuseOpenSmtp(smtp);
  const server = `${smtp.host}:${smtp.port}`;
  const connection = connectionOf(smtp);
  let idle: IdleSession[] = [];
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function takeIdle(): IdleSession | undefined {
    for (let last = idle.pop(); last !== undefined; last = idle.pop()) {
      if (last.session.isOpen()) return last;
    }
    return undefined;
  }

  function keep(session: SmtpSession, mails: number): void {
    if (closed || mails >= mailsPerConnection) {
      session.close();
      return;
    }
    idle.push({ session, mails, since: performance.now() });
    timer ??= setInterval(closeIdle, maxIdleMs).unref();
  }

  function closeIdle(): void {
    const old = idle.filter((entry) => performance.now() - entry.since >= maxIdleMs);
    idle = idle.filter((entry) => !old.includes(entry));
    for (const { session } of old) session.close();
    if (idle.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  }

  async function sendFresh(mail: OutgoingMail, signal: AbortSignal): Promise<SendResult> {
    let session: SmtpSession;
    try {
      session = await openSmtpSession(connection, options.credentials, timeouts, signal);
    } catch (thrown) {
      return unavailable(coerceError(thrown), server);
    }
    const outcome = await session.send(mail, signal);
    if ('response' in outcome) keep(session, 1);
    return resultOf(outcome);
  }

  return {
    async send(mail, signal) {
      const used = takeIdle();
      if (used === undefined) return sendFresh(mail, signal);
      const outcome = await used.session.send(mail, signal);
      if ('response' in outcome) {
        keep(used.session, used.mails + 1);
        return resultOf(outcome);
      }
      // The server tired of an idle connection, which says nothing about the mail; it had not been handed over.
      const neverAnswered = outcome.error.responseCode === undefined || outcome.error.responseCode === 421;
      if (neverAnswered && !outcome.finalDotSent && !signal.aborted) return sendFresh(mail, signal);
      return resultOf(outcome);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      for (const { session } of idle) session.close();
      idle = [];
    },
  };
}
