import type { Authorisation, GrantType } from '../../../schemas/authorisation.ts';
import type { Exchange } from '../exchange.ts';

/** What a provider gave. Times in milliseconds since the epoch. */
export interface Granted {
  token: string;
  expiresAt: number;
  /** Takes the place of the former one, which may work no more. */
  refreshToken?: string;
  /** Whom the provider says the token is for. */
  account?: string;
}

export interface GrantTools {
  exchange: Exchange;
  now(): number;
  open(sealed: string): string;
  /** Whom a delegated token acts for. */
  user: string;
  /** What the last sign-in or refresh left; undefined before the first. */
  refreshToken: string | undefined;
}

export type AuthorisationOf<T extends GrantType> = Authorisation & {
  grant: Extract<Authorisation['grant'], { type: T }>;
};

/** One way of being granted access. */
export interface GrantKind<T extends GrantType> {
  /** A person has to sign in at the provider, in a browser. */
  isInteractive: boolean;
  /** A token serves one user; elsewhere it serves all who share the authorisation. */
  isPerUser: boolean;
  /** Asks the provider for a token. @throws UserError or OperationalError, in words. */
  request(authorisation: AuthorisationOf<T>, tools: GrantTools): Promise<Granted>;
}
