import { coerceError, UserError } from '../../schemas/errors.ts';
import { isLoopback } from '../../schemas/loopback.ts';
import type { Outbound } from '../../schemas/settings.ts';
import type { GetCredentials } from '../authorisations/credentials.ts';
import type { OutgoingMail, Sender, SendResult } from './sender.ts';
import { resultOf, unavailable } from './smtp-result.ts';
import { openSmtpSession, type SmtpSession, type SmtpTimeouts } from './smtp-session.ts';

const usualTimeouts: SmtpTimeouts = { connect: 30_000, dialogue: 60_000, answer: 300_000 };

/** Servers count mails per connection and grow suspicious; 100 is what most allow. */
const maxMailsPerSession = 100;

/** Shorter than any server's own patience, so that an idle connection is closed by us and not under a mail. */
const maxIdleMs = 15_000;

interface IdleSession {
  session: SmtpSession;
  mails: number;
  since: number;
}

/**
 * Sends over SMTP, keeping connections open for the next mails; there are never more than mails under way at a time.
 *
 * @throws UserError `outbound-insecure` where TLS is off for a host that is not this machine.
 */
export function createSmtpSender(options: {
  outbound: Outbound;
  /** Asked before each login; null where the server asks for none. */
  credentials: GetCredentials | null;
  timeouts?: SmtpTimeouts;
}): Sender {
  const { outbound, credentials, timeouts = usualTimeouts } = options;
  if (outbound.security === 'none' && !isLoopback(outbound.host)) {
    throw new UserError(
      'outbound-insecure',
      `Mail to ${outbound.host} must be encrypted: choose TLS or STARTTLS. Without encryption only this machine itself is allowed.`,
    );
  }
  const server = `${outbound.host}:${outbound.port}`;
  const connection = {
    host: outbound.host,
    port: outbound.port,
    secure: outbound.security === 'tls',
    requireTLS: outbound.security === 'starttls',
    ignoreTLS: outbound.security === 'none',
    tls: { minVersion: 'TLSv1.2', ...(outbound.ca === undefined ? {} : { ca: outbound.ca }) },
  } as const;
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
    if (closed || mails >= maxMailsPerSession) {
      session.close();
      return;
    }
    idle.push({ session, mails, since: Date.now() });
    timer ??= setInterval(closeIdle, maxIdleMs).unref();
  }

  function closeIdle(): void {
    const old = idle.filter((entry) => Date.now() - entry.since >= maxIdleMs);
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
      session = await openSmtpSession(connection, credentials, timeouts, signal);
    } catch (thrown) {
      return unavailable(coerceError(thrown), server);
    }
    const outcome = await session.send(mail, signal);
    if ('response' in outcome) keep(session, 1);
    return resultOf(outcome);
  }

  return {
    kind: 'smtp',
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
