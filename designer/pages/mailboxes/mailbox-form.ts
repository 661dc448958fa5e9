import type { MailboxBody, MailboxView } from '../../../schemas/api/mailboxes.ts';
import type { AfterTaking } from '../../../schemas/sources/after-taking.ts';
import type { SourceTypeName } from '../../../schemas/sources/index.ts';
import type { ConnectionSecurity } from '../../../schemas/sources/server.ts';

/** What stands in the fields, of every type of mailbox: changing the type and back loses nothing. */
export interface MailboxForm {
  type: SourceTypeName;
  name: string;
  description: string;
  address: string;
  host: string;
  port: number;
  security: ConnectionSecurity;
  ca: string;
  username: string;
  password: string;
  /** What a mail server is shown at the login. */
  signsInBy: 'password' | 'authorisation';
  /** Id; empty where none is chosen. */
  authorisation: string;
  /** Microsoft Graph: the cloud. */
  baseUrl: string;
  folders: string[];
  /** Exchange: where its service is, and whether the login acts for the address. */
  path: string;
  impersonate: boolean;
  afterTaking: AfterTaking;
  /** At the first contact. */
  takeDays: number;
  /** POP3: days after taking; null leaves mails on the server. */
  deleteAfterDays: number | null;
  pollSeconds: number;
  /** Largest mail that is taken as a whole; null keeps what is stored, which may be out of today's bounds. */
  maxMegabytes: number | null;
  flow: string | null;
}

export const megabyte = 1_048_576;

type CommonBody = Pick<MailboxBody, 'name' | 'address' | 'description' | 'pollSeconds' | 'maxBytes' | 'flow'>;
type ServerBody = Pick<
  MailboxBody<'imap'>,
  'host' | 'port' | 'security' | 'ca' | 'username' | 'password' | 'authorisation'
>;

/** What every type of mailbox sends to the API. */
export function commonOf(form: MailboxForm): CommonBody {
  return {
    name: form.name.trim(),
    address: form.address.trim(),
    description: form.description.trim(),
    pollSeconds: form.pollSeconds,
    ...(form.maxMegabytes !== null && { maxBytes: form.maxMegabytes * megabyte }),
    ...(form.flow !== null && { flow: form.flow }),
  };
}

/** What a type with a mail server and a login sends besides. An empty authority clears the stored one. */
export function serverOf(form: MailboxForm): ServerBody {
  return {
    host: form.host.trim(),
    port: form.port,
    security: form.security,
    ca: form.ca.trim(),
    username: form.username.trim(),
    ...(form.signsInBy === 'authorisation' ? { authorisation: form.authorisation } : { password: form.password }),
  };
}

/** The password of a stored server never comes back: without it only what is stored can be tried. */
export function isServerComplete({ host, username, password, signsInBy, authorisation }: MailboxForm): boolean {
  return host !== '' && username !== '' && (signsInBy === 'password' ? password : authorisation) !== '';
}

/** The fields of a stored server. The password never comes back. */
export function serverFields(server: NonNullable<MailboxView['imap']>): Partial<MailboxForm> {
  const { host, port, security, ca, username, authorisation } = server;
  const signsInBy = authorisation === undefined ? 'password' : 'authorisation';
  return { host, port, security, ca: ca ?? '', username, signsInBy, authorisation: authorisation ?? '' };
}

/** A name for the mailbox out of its address, within what log lines and metrics allow. */
export function nameFrom(address: string): string {
  return address.replace(/[^A-Za-z0-9@_.-]/g, '').slice(0, 40);
}
