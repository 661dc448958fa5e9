import type { OutboundMailboxBody, OutboundMailboxChange } from '../../schemas/api/outbound-mailboxes.ts';
import { UnexpectedError, UserError } from '../../schemas/errors.ts';
import type { OutboundMailbox } from '../../schemas/outbound-mailbox.ts';
import { type SmtpServer, smtpSenderBodyProperties, smtpSenderPorts } from '../../schemas/senders/smtp.ts';
import { assertOneLogin, credentialsOf, type GetCredentials } from '../authorisations/credentials.ts';
import type { SenderKeys, SenderType } from './sender-type.ts';
import { refuseOpenSmtp } from './smtp-connection.ts';
import { createSmtpSender } from './smtp-sender.ts';
import { verifySmtp } from './verify-smtp.ts';

export const smtpSenderType: SenderType<'smtp'> = {
  properties: Object.keys(smtpSenderBodyProperties),
  store,
  change,
  view({ smtp }) {
    if (smtp === undefined) return {};
    const { password, ...shown } = smtp;
    return { smtp: { ...shown, hasPassword: password !== undefined } };
  },
  createSender(mailbox, keys) {
    const { mailsPerConnection } = mailbox;
    return createSmtpSender({ smtp: smtpOf(mailbox), mailsPerConnection, credentials: credentialsFor(mailbox, keys) });
  },
  verify: (mailbox, keys, signal) => verifySmtp(smtpOf(mailbox), credentialsFor(mailbox, keys), signal),
};

function store(body: OutboundMailboxBody<'smtp'>, seal: (secret: string) => string): Pick<OutboundMailbox, 'smtp'> {
  const security = body.security ?? 'starttls';
  const smtp: SmtpServer = {
    host: body.host,
    port: body.port ?? smtpSenderPorts[security],
    security,
    ...(body.ca ? { ca: body.ca } : {}),
    ...(body.username ? { username: body.username } : {}),
    ...(body.username && body.password ? { password: seal(body.password) } : {}),
    ...(body.username && body.authorisation ? { authorisation: body.authorisation } : {}),
  };
  assertLogin(smtp);
  refuseOpenSmtp(smtp);
  return { smtp };
}

/**
 * Changes what is named. A new host asks for the password again (UserError `password-needed`): else whoever may edit a mailbox could
 * have it sent to a server of theirs.
 */
function change(mailbox: OutboundMailbox, body: OutboundMailboxChange, seal: (secret: string) => string): void {
  const smtp = smtpOf(mailbox);
  const { host, port, security, ca, username, password, authorisation } = body;
  if (host !== undefined && host !== smtp.host && smtp.password !== undefined && !password && !authorisation) {
    const message = 'Enter the password again: it is not sent to another server than the one it was saved for.';
    throw new UserError('password-needed', message, { status: 422 });
  }
  const named = Object.entries({ host, port, security, ca, username }).filter(([, value]) => value !== undefined);
  Object.assign(smtp, Object.fromEntries(named));
  // One of the two: whichever was named last counts.
  if (authorisation) {
    smtp.authorisation = authorisation;
    delete smtp.password;
  } else if (authorisation === '') delete smtp.authorisation;
  if (password) {
    smtp.password = seal(password);
    delete smtp.authorisation;
  }
  if (smtp.ca === '') delete smtp.ca;
  if (smtp.username === '') delete smtp.username;
  if (smtp.username === undefined) {
    delete smtp.password;
    delete smtp.authorisation;
  }
  assertLogin(smtp);
  refuseOpenSmtp(smtp);
}

function credentialsFor(mailbox: OutboundMailbox, keys: SenderKeys): GetCredentials | null {
  const { username, password, authorisation } = smtpOf(mailbox);
  return username === undefined ? null : credentialsOf({ username, password, authorisation }, keys);
}

/** A login needs a user and one of password and authorisation; without a user there is none. Throws UserError `login-incomplete` (422). */
function assertLogin({ username, password, authorisation }: SmtpServer): void {
  if (username !== undefined) assertOneLogin({ password, authorisation }, 'outbound mailbox');
}

function smtpOf(mailbox: OutboundMailbox): SmtpServer {
  if (mailbox.smtp !== undefined) return mailbox.smtp;
  throw new UnexpectedError('sender-without-connection', `The outbound mailbox ${mailbox.id} has no SMTP server.`);
}
