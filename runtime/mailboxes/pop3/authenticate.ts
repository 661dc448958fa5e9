import { loginRefused, type ServerName } from '../connection-failure.ts';
import { Refusal } from './failure.ts';

/** What an authentication may say to the server. */
interface AuthExchange {
  /** Upper case; SASL's mechanisms stand behind "SASL". Empty where the server does not tell. */
  readonly capabilities: ReadonlyMap<string, string>;
  /** Says a line; resolves with the words behind "+OK", or with the challenge behind "+". Rejects with Refusal. */
  say(line: string): Promise<string>;
}

/** Logs in, or rejects with an error of connection-failure.ts. Given from outside: a password here, a token elsewhere. */
export type Authenticate = (exchange: AuthExchange) => Promise<void>;

/** AUTH PLAIN where the server offers it, else USER and PASS. One attempt only: a second could lock the account. */
export function withPassword(server: ServerName, password: string): Authenticate {
  return async (exchange) => {
    const { capabilities } = exchange;
    try {
      if (/\bPLAIN\b/i.test(capabilities.get('SASL') ?? '')) {
        await exchange.say('AUTH PLAIN');
        await exchange.say(Buffer.from(`\0${server.username}\0${password}`).toString('base64'));
      } else {
        await exchange.say(`USER ${server.username}`);
        await exchange.say(`PASS ${password}`);
      }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw loginRefused(server, error.answer, isForNow(error, capabilities), error);
    }
  };
}

/** RFC 2449 and 3206: the login was not judged, so the password may be right. */
function isForNow({ responseCode, answer }: Refusal, capabilities: ReadonlyMap<string, string>): boolean {
  if (['IN-USE', 'LOGIN-DELAY', 'SYS/TEMP'].includes(responseCode)) return true;
  if (responseCode !== '') return false;
  return capabilities.has('AUTH-RESP-CODE') || /\b(lock(ed)?|in use|busy|try again|temporar(y|ily))\b/i.test(answer);
}
