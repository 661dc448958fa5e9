import { coerceError } from '../../schemas/errors.ts';
import type { SmtpServer } from '../../schemas/senders/smtp.ts';
import type { GetCredentials } from '../authorisations/credentials.ts';
import type { SenderReport } from './sender-type.ts';
import { connectionOf, refuseOpenSmtp } from './smtp-connection.ts';
import { stepOf, unavailable } from './smtp-result.ts';
import { openSmtpSession, type SmtpSession, type SmtpTimeouts } from './smtp-session.ts';

/** Somebody sits before the screen. */
const timeouts: SmtpTimeouts = { connect: 10_000, dialogue: 15_000, answer: 15_000 };

/** Connects, secures and logs in, and says what the server can do. Nothing is sent. */
export async function verifySmtp(
  smtp: SmtpServer,
  credentials: GetCredentials | null,
  signal: AbortSignal,
): Promise<SenderReport> {
  const server = `${smtp.host}:${smtp.port}`;
  const steps: SenderReport['steps'] = [];
  const passed = (name: string, message: string) => void steps.push({ name, ok: true, message });
  let session: SmtpSession;
  try {
    refuseOpenSmtp(smtp);
    session = await openSmtpSession(connectionOf(smtp), credentials, timeouts, signal);
  } catch (thrown) {
    const error = coerceError(thrown);
    const failed = stepOf(error);
    if (failed !== 'Connect' && failed !== 'Authorise') passed('Connect', `${server} answers.`);
    if (failed === 'Log in') passed('Encryption', encryptionOf(smtp, true));
    // Its result always has a reason: only a session that stands has none.
    const { reason } = unavailable(error, server);
    steps.push({ name: failed, ok: false, message: reason });
    return { ok: false, steps };
  }
  passed('Connect', `${server} answers.`);
  passed('Encryption', encryptionOf(smtp, session.isEncrypted()));
  passed('Log in', credentials === null ? 'Not asked for: no user is set.' : `${smtp.username} is logged in.`);
  passed(
    'Delivery reports',
    session.extensions().includes('DSN')
      ? 'The server speaks DSN: reports of failure and delay come back with our mark.'
      : 'The server does not speak DSN. Reports are matched by the envelope sender, or by the Message-ID that they quote.',
  );
  session.close();
  return { ok: true, steps };
}

function encryptionOf({ security }: SmtpServer, isEncrypted: boolean): string {
  if (isEncrypted) return 'The certificate is trusted and made for this host.';
  return security === 'opportunistic'
    ? 'The server offers none, and mails travel in the open. Choose STARTTLS as soon as it does.'
    : 'None: the server is on this machine.';
}
