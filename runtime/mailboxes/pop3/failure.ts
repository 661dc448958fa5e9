import { coerceError, OperationalError, UnexpectedError, UserError } from '../../../schemas/errors.ts';
import { pop3Ports } from '../../../schemas/sources/pop3.ts';
import { explainNetwork, type Protocol, type ServerName } from '../connection-failure.ts';

export const protocol: Protocol = { name: 'POP3', ports: pop3Ports };

/** The server understood a command and refused it. */
export class Refusal extends Error {
  /** RFC 2449, 8: what stands in brackets before the words, such as IN-USE; empty where nothing does. */
  readonly responseCode: string;
  /** The words, printable characters only. */
  readonly answer: string;

  constructor(line: string) {
    const answer = line.replace(/^-ERR ?/i, '').replace(/[^\x20-\x7e]/g, '?');
    super(answer);
    this.answer = answer;
    this.responseCode = /^\[([^\]]{1,40})\]/.exec(answer)?.[1]?.toUpperCase() ?? '';
  }
}

/**
 * Whatever went wrong with a POP3 server, in words that say what to do. A UserError means that somebody has to change something;
 * an OperationalError may pass by itself.
 */
export function explainFailure(thrown: unknown, server: ServerName): UserError | OperationalError | UnexpectedError {
  const cause = coerceError(thrown);
  if (cause instanceof UserError || cause instanceof OperationalError || cause instanceof UnexpectedError) return cause;
  const network = explainNetwork(cause, server, protocol);
  if (network) return network;
  const said = cause instanceof Refusal ? cause.answer.slice(0, 200) : cause.message;
  return new OperationalError('pop3-failed', `${server.host} could not do what was asked: ${said}`, {
    cause,
    data: { host: server.host, port: server.port },
  });
}
