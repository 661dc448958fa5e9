import { coerceError, OperationalError, UnexpectedError, UserError } from '../../../schemas/errors.ts';
import { imapPorts } from '../../../schemas/sources/imap.ts';
import {
  explainNetwork,
  loginRefused,
  type Protocol,
  type ServerName,
  tlsFailed,
  tokenRefused,
  tokensUnknown,
} from '../connection-failure.ts';

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

const lost = new Set(['NoConnection', 'EConnectionClosed', 'StateLogout', 'ETIMEOUT']);
const hostile =
  /^(LineTooLarge|LiteralTooLarge|ResponseTooLarge|MAX_IMAP_NESTING_REACHED|UnexpectedTag|InvalidResponse|ResponseProcessingFailed|STARTTLS_INJECTION|ParserError)/;
/** RFC 5530: the login was not judged, so the password may be right. */
const temporaryLogin = new Set(['UNAVAILABLE', 'INUSE', 'LIMIT', 'SERVERBUG', 'CONTACTADMIN']);

const protocol: Protocol = { name: 'IMAP', ports: imapPorts };

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
  const passing = (own: string, message: string) => new OperationalError(own, message, options);

  if (raw.authenticationFailed) {
    const forNow = temporaryLogin.has(raw.serverResponseCode ?? '');
    return loginRefused(server, raw.responseText ?? '', forNow, cause);
  }
  const network = explainNetwork(cause, server, protocol);
  if (network) return network;
  if (raw.tlsFailed) return tlsFailed(server, protocol, cause);
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

/** The library's error of a login by token; what concerns no token comes back as it is. */
export function explainToken(thrown: unknown, server: ServerName, token: string): unknown {
  const raw = coerceError(thrown) as RawFailure;
  if (!raw.authenticationFailed) {
    return /unsupported authentication/i.test(coerceError(thrown).message) ? tokensUnknown(server, thrown) : thrown;
  }
  if (temporaryLogin.has(raw.serverResponseCode ?? '')) return thrown;
  return tokenRefused(server, raw.responseText ?? '', token, thrown);
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
