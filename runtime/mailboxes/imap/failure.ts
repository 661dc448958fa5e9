import { coerceError, OperationalError, UnexpectedError, UserError } from '../../../schemas/errors.ts';

/** Whom the words are about. */
export interface ServerName {
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
}

/** What imapflow and Node put on the errors that they throw; every field may be missing. */
interface RawFailure {
  code?: string;
  authenticationFailed?: boolean;
  serverResponseCode?: string;
  responseText?: string;
  tlsFailed?: boolean;
  mailboxMissing?: boolean;
  throttleReset?: number;
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
const lost = new Set(['NoConnection', 'EConnectionClosed', 'StateLogout', 'ECONNRESET', 'EPIPE', 'ETIMEOUT']);
const hostile =
  /^(LineTooLarge|LiteralTooLarge|ResponseTooLarge|MAX_IMAP_NESTING_REACHED|UnexpectedTag|InvalidResponse|ResponseProcessingFailed|STARTTLS_INJECTION|ParserError)/;
/** RFC 5530: the login was not judged, so the password may be right. */
const temporaryLogin = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']);

/**
 * Whatever went wrong with an IMAP server, in words that say what to do. A UserError means that somebody has to change something;
 * an OperationalError may pass by itself.
 */
export function explainFailure(thrown: unknown, server: ServerName): UserError | OperationalError | UnexpectedError {
  const cause = coerceError(thrown);
  if (cause instanceof UserError || cause instanceof OperationalError || cause instanceof UnexpectedError) return cause;
  // Errors of libraries carry fields that Error's type does not know; all are read as optional.
  const raw = cause as RawFailure;
  const code = raw.code ?? '';
  const at = `${server.host}:${server.port}`;
  const options = { cause, data: { host: server.host, port: server.port } };
  const user = (own: string, message: string) => new UserError(own, message, options);
  const passing = (own: string, message: string) => new OperationalError(own, message, options);

  if (raw.authenticationFailed) {
    const answer = raw.responseText ? ` The server says: "${raw.responseText.slice(0, 200).replace(/\.$/, '')}".` : '';
    if (temporaryLogin.has(raw.serverResponseCode ?? '')) {
      return passing('login-unavailable', `${server.host} cannot check the login at the moment.${answer}`);
    }
    return user(
      'wrong-password',
      `${server.host} refuses the login of ${server.username}.${answer} Check the user name and the password; providers with two-factor login want an app password.`,
    );
  }
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
      `${at} refuses connections. Check the port (993 for TLS, 143 for STARTTLS) and whether the server runs.`,
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
      `${at} accepts the connection but does not speak IMAP. Check that port and security belong together (993 with TLS, 143 with STARTTLS).`,
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
  if (raw.tlsFailed || code.startsWith('ERR_SSL_') || code === 'EPROTO' || code === 'UPGRADE_TIMEOUT') {
    return user(
      'tls-failed',
      server.security === 'starttls'
        ? `${at} does not offer STARTTLS. Choose TLS with port 993 if the server has it.`
        : `${at} does not speak TLS. Check that port and security belong together (993 with TLS, 143 with STARTTLS).`,
    );
  }
  if (lost.has(code) || code.startsWith('ClosedAfterConnect')) {
    return passing('connection-lost', `The connection to ${at} was lost.`);
  }
  if (code === 'ETHROTTLE') {
    return passing('throttled', `${server.host} asks to be called less often. Raise the mailbox's poll interval.`);
  }
  if (hostile.test(code)) {
    return passing('bad-answer', `${at} sent something that is not proper IMAP, or too much of it (${code}).`);
  }
  return passing('imap-failed', `${server.host} could not do what was asked: ${raw.responseText ?? cause.message}`);
}

/** A folder that is configured but not on the server. */
export function folderMissing(folder: string, cause?: unknown): UserError {
  return new UserError(
    'folder-missing',
    `The folder "${folder}" is not on the server. Choose one of the folders that "Verify" lists, spelled as listed.`,
    { cause, data: { folder } },
  );
}

/** Whether the server judged a command and refused it, which a broken connection never looks like. */
export function isRefusal(thrown: unknown): boolean {
  const status = (coerceError(thrown) as { responseStatus?: string }).responseStatus;
  return status === 'NO' || status === 'BAD';
}

export function isMissingFolder(thrown: unknown): boolean {
  const { mailboxMissing, code } = coerceError(thrown) as RawFailure;
  return mailboxMissing === true || code === 'NotFound';
}
