import { UserError } from '../../schemas/errors.ts';
import type { Mailbox } from '../../schemas/settings.ts';
import type { ConnectionSecurity } from '../../schemas/sources/server.ts';
import { assertOneLogin } from '../authorisations/credentials.ts';

/** A mail server with a login, as the settings keep it: what IMAP and POP3 have in common. */
export type Server = NonNullable<Mailbox['imap']>;

/** Puts a secret into the form in which it is stored. */
export type Seal = (secret: string) => string;

interface EnteredServer {
  host: string;
  port?: number | undefined;
  security?: ConnectionSecurity | undefined;
  ca?: string | undefined;
  username: string;
  password?: string | undefined;
  authorisation?: string | undefined;
}

/** What is stored of an entered server; the port follows from the security where it was left out. */
export function storeServer(entered: EnteredServer, ports: Record<ConnectionSecurity, number>, seal: Seal): Server {
  assertOneLogin(entered, 'mailbox');
  const security = entered.security ?? 'tls';
  return {
    host: entered.host,
    port: entered.port ?? ports[security],
    security,
    ...(entered.ca ? { ca: entered.ca } : {}),
    username: entered.username,
    ...loginFrom(entered, seal),
  };
}

/**
 * Changes what is named; a password takes the place of an authorisation, and the other way round. A new host asks for the login again
 * (UserError `password-needed`): else whoever may edit a mailbox could have it sent to a server of theirs.
 */
export function changeServer(server: Server, change: Partial<EnteredServer>, seal: Seal): void {
  const { host, port, security, ca, username, ...login } = change;
  const isNewLogin = login.password !== undefined || login.authorisation !== undefined;
  if (host !== undefined && host !== server.host && !isNewLogin) {
    const message =
      'Enter the password, or choose the authorisation, again: it is not sent to another server than the one it was saved for.';
    throw new UserError('password-needed', message, { status: 422 });
  }
  const named = Object.entries({ host, port, security, ca, username }).filter(([, value]) => value !== undefined);
  Object.assign(server, Object.fromEntries(named));
  if (isNewLogin) {
    assertOneLogin(login, 'mailbox');
    delete server.password;
    delete server.authorisation;
    Object.assign(server, loginFrom(login, seal));
  }
  // Cleared in the form: the public authorities count again.
  if (server.ca === '') delete server.ca;
}

function loginFrom({ password, authorisation }: Pick<EnteredServer, 'password' | 'authorisation'>, seal: Seal) {
  return password === undefined ? { authorisation } : { password: seal(password) };
}

/** Without the password. */
export function withoutPassword<S extends Server>(server: S): Omit<S, 'password'> {
  const { password: _, ...shown } = server;
  return shown;
}
