import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { ConnectionSecurity } from '../../schemas/sources/server.ts';
import { describeToken } from '../authorisations/describe-token.ts';

/** Whom the words are about. */
export interface ServerName {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
}

/** What is spoken with the server, and on which ports that is usual. */
export interface Protocol {
  name: string;
  ports: Record<ConnectionSecurity, number>;
}

const untrusted = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
]);
const lost = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

/**
 * What went wrong on the way to a server, in words that say what to do; undefined where it is nothing of the network or of TLS. A UserError
 * means that somebody has to change something; an OperationalError may pass by itself.
 */
export function explainNetwork(
  cause: Error,
  server: ServerName,
  { name, ports }: Protocol,
): UserError | OperationalError | undefined {
  const { code = '' } = cause as NodeJS.ErrnoException;
  const at = `${server.host}:${server.port}`;
  const options = { cause, data: { host: server.host, port: server.port } };
  const user = (own: string, message: string) => new UserError(own, message, options);
  const passing = (own: string, message: string) => new OperationalError(own, message, options);

  if (code === 'ENOTFOUND') {
    return passing('host-unknown', `No server is known by the name ${server.host}. Check the spelling of the host.`);
  }
  if (code === 'EAI_AGAIN') {
    return passing(
      'dns-unavailable',
      `The name ${server.host} could not be looked up: the name service (DNS) does not answer.`,
    );
  }
  if (code === 'ECONNREFUSED') {
    return passing(
      'connection-refused',
      `${at} refuses connections. Check the port (${portsOf(ports)}) and whether the server runs.`,
    );
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH') {
    return passing('unreachable', `There is no way through the network to ${at}. Check the network and the firewall.`);
  }
  if (code === 'CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return passing('connect-timeout', `${at} does not answer. Check the host, the port and the firewall.`);
  }
  if (code === 'GREETING_TIMEOUT') {
    return passing(
      'no-greeting',
      `${at} accepts the connection but does not speak ${name}. Check that port and security belong together (${portsOf(ports)}).`,
    );
  }
  if (untrusted.has(code)) {
    return user(
      'tls-untrusted',
      `The certificate of ${at} is signed by an authority that is not trusted here. If it is your own, paste its certificate (PEM) into the mailbox.`,
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return user('tls-expired', `The certificate of ${at} is not valid today. Renew it, or check this machine's clock.`);
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return user(
      'tls-wrong-name',
      `The certificate of ${at} is made for another name. Enter the host by the name that stands in its certificate.`,
    );
  }
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO' || code === 'UPGRADE_TIMEOUT') {
    return tlsFailed(server, { name, ports }, cause);
  }
  if (lost.has(code)) return passing('connection-lost', `The connection to ${at} was lost.`);
  return undefined;
}

/** Exchange knows no STARTTLS, and has one port. */
function portsOf({ tls, starttls }: Protocol['ports']): string {
  return tls === starttls ? `${tls} with TLS` : `${tls} with TLS, ${starttls} with STARTTLS`;
}

/** The server does not speak TLS where it should. */
export function tlsFailed({ host, port, security }: ServerName, { ports }: Protocol, cause?: unknown): UserError {
  const at = `${host}:${port}`;
  return new UserError(
    'tls-failed',
    security === 'starttls'
      ? `${at} does not offer STARTTLS. Choose TLS with port ${ports.tls} if the server has it.`
      : `${at} does not speak TLS. Check that port and security belong together (${portsOf(ports)}).`,
    { cause, data: { host, port } },
  );
}

/** The server refused a login: for good, or `forNow`, where it could not judge it. `answer` is what it said. */
export function loginRefused(
  { host, port, username }: ServerName,
  answer: string,
  forNow: boolean,
  cause?: unknown,
): UserError | OperationalError {
  const quoted = answer === '' ? '' : ` The server says: "${answer.slice(0, 200).replace(/\.$/, '')}".`;
  const options = { cause, data: { host, port } };
  if (forNow) {
    return new OperationalError('login-unavailable', `${host} cannot check the login at the moment.${quoted}`, options);
  }
  return new UserError(
    'wrong-password',
    `${host} refuses the login of ${username}.${quoted} Check the user name and the password; providers with two-factor login want an app password.`,
    options,
  );
}

/** The server refused a token in place of a password. `answer` is what it said; servers rarely say why, so the token is asked, too. */
export function tokenRefused(
  { host, port, username }: ServerName,
  answer: string,
  token: string,
  cause?: unknown,
): UserError {
  const quoted = answer === '' ? '' : ` The server says: "${answer.slice(0, 200).replace(/\.$/, '')}".`;
  const described = describeToken(token);
  return new UserError(
    'token-refused',
    `${host} refuses the token for ${username}.${quoted}${described && ` ${described}`} Check that the authorisation is for this server and protocol, that the user is the mailbox that it may open, and that the provider has the protocol switched on for that mailbox.`,
    { cause, data: { host, port } },
  );
}

/** The server does not know logins by token. */
export function tokensUnknown({ host, port }: ServerName, cause?: unknown): UserError {
  return new UserError(
    'tokens-unknown',
    `${host}:${port} takes no tokens (neither XOAUTH2 nor OAUTHBEARER). Sign in with a password there.`,
    { cause, data: { host, port } },
  );
}

/** Whether a login failed because the server did not like the token. */
export function isTokenRefusal(thrown: unknown): boolean {
  return thrown instanceof UserError && thrown.code === 'token-refused';
}
