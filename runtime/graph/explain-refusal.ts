import { coerceError, OperationalError, UnexpectedError, UserError } from '../../schemas/errors.ts';
import type { GraphTarget } from './client.ts';
import { GraphRefusal } from './refusal.ts';

type Explained = UserError | OperationalError | UnexpectedError;

/**
 * Whatever went wrong with Graph, in words that say what to do. A UserError means that somebody has to change something; an
 * OperationalError may pass by itself.
 */
export function explainGraph(thrown: unknown, { baseUrl, user }: Pick<GraphTarget, 'baseUrl' | 'user'>): Explained {
  const cause = coerceError(thrown);
  if (cause instanceof UserError || cause instanceof OperationalError || cause instanceof UnexpectedError) return cause;
  const host = URL.parse(baseUrl)?.host ?? baseUrl;
  if (!(cause instanceof GraphRefusal)) {
    return new OperationalError('graph-failed', `${host} could not do what was asked: ${cause.message}`, { cause });
  }
  const { status, code, said, requestId } = cause;
  const options = { cause, data: { host, status, graphCode: code, requestId } };
  const answer = ` Microsoft says: "${said.replace(/\.$/, '')}".`;
  const person = personal[code] ?? personalByStatus[status];
  if (person) return new UserError(person.code, person.words(user, host) + answer, options);
  if (status === 429 || status >= 500) {
    return new OperationalError('graph-unavailable', `${host} cannot serve this at the moment.${answer}`, options);
  }
  const words = `${host} refuses what was asked (status ${status}, ${code || 'no code'}).${answer}`;
  return status === 410
    ? new OperationalError('graph-refused', words, options)
    : new UserError('graph-refused', words, options);
}

interface Explanation {
  code: string;
  words(user: string, host: string): string;
}

const accessDenied: Explanation = {
  code: 'graph-access-denied',
  words: (user) =>
    `The application may not open the mailbox ${user}. Give it the application permission Mail.ReadWrite (Mail.Send for sending) with admin consent, or an RBAC role for this mailbox. If an application access policy limits it, add the mailbox to the policy's group: a change takes more than an hour.`,
};
const mailboxUnknown: Explanation = {
  code: 'graph-mailbox-unknown',
  words: (user) =>
    `There is no mailbox ${user} in this tenant. Check the address, and that the authorisation belongs to the same tenant.`,
};
const onPremises: Explanation = {
  code: 'graph-mailbox-not-online',
  words: (user) =>
    `The mailbox ${user} is not in Exchange Online: it is on premises, inactive, or without a licence. Give it a licence, or connect it by IMAP or EWS.`,
};

/** Graph's codes that a person has to act on. */
const personal: Record<string, Explanation> = {
  ErrorAccessDenied: accessDenied,
  MailboxNotEnabledForRESTAPI: onPremises,
  MailboxNotSupportedForRESTAPI: onPremises,
  ErrorInvalidUser: mailboxUnknown,
  Request_ResourceNotFound: mailboxUnknown,
  ErrorNonExistentMailbox: mailboxUnknown,
  ErrorFolderNotFound: {
    code: 'folder-missing',
    words: () => 'The folder does not exist any more. Choose the folders anew: Verify lists them.',
  },
  ErrorQuotaExceeded: {
    code: 'graph-mailbox-full',
    words: (user) => `The mailbox ${user} is full. Delete mails, or have its quota raised.`,
  },
};

const personalByStatus: Record<number, Explanation> = {
  401: {
    code: 'graph-unauthorised',
    words: (_, host) =>
      `${host} does not accept the access token. Check that the authorisation asks for the scope of this very cloud (https://${host}/.default), and authorise again.`,
  },
  403: accessDenied,
};
