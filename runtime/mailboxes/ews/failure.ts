import { coerceError, OperationalError, UnexpectedError, UserError } from '../../../schemas/errors.ts';
import { ewsPorts } from '../../../schemas/sources/ews.ts';
import { explainNetwork, loginRefused, type Protocol, type ServerName } from '../connection-failure.ts';

const protocol: Protocol = { name: 'Exchange Web Services', ports: ewsPorts };

/** Exchange understood a call and refused it. */
export class EwsRefusal extends Error {
  /** Such as ErrorItemNotFound. */
  readonly responseCode: string;
  /** How long it wants to be left alone, where it says so. */
  readonly backOffMs: number | undefined;

  constructor(responseCode: string, message: string, backOffMs?: number) {
    super(message);
    this.responseCode = responseCode;
    this.backOffMs = backOffMs;
  }
}

/** The HTTP server before Exchange refused. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly challenge: string;

  constructor(status: number, challenge: string) {
    super(`HTTP ${status}`);
    this.status = status;
    this.challenge = challenge;
  }
}

const rights = new Set(['ErrorAccessDenied', 'ErrorFolderNotFound', 'ErrorMissingEmailAddress']);

/**
 * Whatever went wrong with an Exchange server, in words that say what to do. A UserError means that somebody has to change something; an
 * OperationalError may pass by itself.
 */
export function explainFailure(thrown: unknown, server: ServerName): UserError | OperationalError | UnexpectedError {
  const cause = coerceError(thrown);
  if (cause instanceof UserError || cause instanceof OperationalError || cause instanceof UnexpectedError) return cause;
  const options = { cause, data: { host: server.host, port: server.port } };
  if (cause instanceof HttpRefusal) return explainHttp(cause, server, options);
  if (cause instanceof EwsRefusal) return explainRefusal(cause, server, options);
  const code = codeOf(cause);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') {
    const timedOut = Object.assign(new Error('no connection in time', { cause }), { code: 'CONNECT_TIMEOUT' });
    return (
      explainNetwork(timedOut, server, protocol) ?? new OperationalError('connect-timeout', timedOut.message, options)
    );
  }
  if (code === 'UND_ERR_SOCKET' || code === 'UND_ERR_DESTROYED') {
    return new OperationalError(
      'connection-lost',
      `The connection to ${server.host}:${server.port} was lost.`,
      options,
    );
  }
  if (cause.name === 'HTTPParserError') {
    return new UserError(
      'not-http',
      `${server.host}:${server.port} answers, but not as a web server does. Check host and port (${ewsPorts.tls} is usual).`,
      options,
    );
  }
  const network = explainNetwork(cause, server, protocol);
  if (network) return network;
  return new OperationalError('ews-failed', `${server.host} could not do what was asked: ${cause.message}`, options);
}

/** Those of undici, whose classes would bring all of it along. */
function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : undefined;
}

type Options = { cause: Error; data: { host: string; port: number } };

function explainHttp({ status, challenge }: HttpRefusal, server: ServerName, options: Options) {
  if (status === 401 && challenge !== '' && !/\b(basic|bearer)\b/i.test(challenge)) {
    return new UserError(
      'login-method',
      `${server.host} asks for Windows sign-in (${/\w+/.exec(challenge)?.[0]}) alone, which is not spoken here. Switch on Basic authentication for the EWS folder of the server (Set-WebServicesVirtualDirectory -BasicAuthentication $true); it runs over TLS.`,
      options,
    );
  }
  if (status === 401) return loginRefused(server, '', false, options.cause);
  if (status === 403) {
    return new UserError(
      'ews-forbidden',
      `${server.host} does not let this account use Exchange Web Services. Allow it (Set-CASMailbox -EwsEnabled $true), and check the list of allowed programs.`,
      options,
    );
  }
  if (status === 404 || (status >= 300 && status < 400)) {
    return new UserError(
      'ews-not-there',
      `There are no Exchange Web Services at that place on ${server.host}. Check host and path; the usual path is /EWS/Exchange.asmx.`,
      options,
    );
  }
  return new OperationalError(
    'ews-unavailable',
    `${server.host} cannot serve at the moment (HTTP ${status}).`,
    options,
  );
}

function explainRefusal({ responseCode, message }: EwsRefusal, server: ServerName, options: Options) {
  if (responseCode === 'ErrorImpersonateUserDenied') {
    return new UserError(
      'impersonation-denied',
      `${server.username} may not act as this mailbox. Give it the role ApplicationImpersonation, or sign in as the mailbox itself.`,
      options,
    );
  }
  if (responseCode === 'ErrorNonExistentMailbox' || responseCode === 'ErrorInvalidUserInfo') {
    return new UserError(
      'mailbox-unknown',
      `${server.host} knows no mailbox of this address. Check the address of the mailbox.`,
      options,
    );
  }
  if (rights.has(responseCode)) {
    return new UserError(
      'access-denied',
      `${server.username} may not open this mailbox or folder. Give the account full access to the mailbox.`,
      options,
    );
  }
  const said = message.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
  return new OperationalError(
    'ews-failed',
    `${server.host} could not do what was asked (${responseCode}): ${said}`,
    options,
  );
}
