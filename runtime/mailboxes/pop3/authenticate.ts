import type { Credentials } from '../../authorisations/credentials.ts';
import { loginRefused, type ServerName, tokenRefused, tokensUnknown } from '../connection-failure.ts';
import { Refusal } from './failure.ts';

/** What the server answered: the words behind "+OK", or the challenge behind "+", which wants another line. */
interface Said {
  words: string;
  isChallenge: boolean;
}

/** What an authentication may say to the server. */
interface AuthExchange {
  /** Upper case; SASL's mechanisms stand behind "SASL". Empty where the server does not tell. */
  readonly capabilities: ReadonlyMap<string, string>;
  /** Says a line; rejects with Refusal. */
  say(line: string): Promise<Said>;
}

/** Logs in, or rejects with an error of connection-failure.ts. */
export type Authenticate = (exchange: AuthExchange) => Promise<void>;

/** How these credentials are shown to the server. */
export function authenticateWith(server: ServerName, credentials: Credentials): Authenticate {
  return credentials.kind === 'password'
    ? withPassword(server, credentials.password)
    : withToken(server, credentials.token);
}

/** AUTH PLAIN where the server offers it, else USER and PASS. One attempt only: a second could lock the account. */
function withPassword(server: ServerName, password: string): Authenticate {
  return async (exchange) => {
    const { capabilities } = exchange;
    try {
      if (/\bPLAIN\b/i.test(capabilities.get('SASL') ?? '')) {
        await exchange.say('AUTH PLAIN');
        await exchange.say(base64(`\0${server.username}\0${password}`));
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

/** In two lines: Exchange does not take an initial response (RFC 5034 lets it choose). What a failed login says never holds the token. */
function withToken(server: ServerName, token: string): Authenticate {
  return async (exchange) => {
    const offered = exchange.capabilities.get('SASL')?.toUpperCase().split(' ');
    const isXOAuth2 = offered === undefined || offered.includes('XOAUTH2');
    if (!isXOAuth2 && !offered.includes('OAUTHBEARER')) throw tokensUnknown(server);
    try {
      await exchange.say(isXOAuth2 ? 'AUTH XOAUTH2' : 'AUTH OAUTHBEARER');
      const { username, host, port } = server;
      const shown = isXOAuth2
        ? `user=${username}\x01auth=Bearer ${token}\x01\x01`
        : `n,a=${username},\x01host=${host}\x01port=${port}\x01auth=Bearer ${token}\x01\x01`;
      const { isChallenge } = await exchange.say(base64(shown));
      // The reason stands in the challenge; the refusal itself comes after our empty answer to it.
      if (isChallenge) await exchange.say(isXOAuth2 ? '' : base64('\x01'));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (isForNow(error, exchange.capabilities)) throw loginRefused(server, error.answer, true, error);
      throw tokenRefused(server, error.answer, token, error);
    }
  };
}

/** RFC 2449 and 3206: the login was not judged, so the password may be right. */
function isForNow({ responseCode, answer }: Refusal, capabilities: ReadonlyMap<string, string>): boolean {
  if (['IN-USE', 'LOGIN-DELAY', 'SYS/TEMP'].includes(responseCode)) return true;
  if (responseCode !== '') return false;
  return capabilities.has('AUTH-RESP-CODE') || /\b(lock(ed)?|in use|busy|try again|temporar(y|ily))\b/i.test(answer);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
