import { UserError } from '../../schemas/errors.ts';

/** What a server is shown at a login. `expiresAt` in milliseconds since the epoch. */
export type Credentials =
  | { kind: 'password'; username: string; password: string }
  | { kind: 'token'; username: string; token: string; expiresAt: number };

/**
 * Credentials for a login that happens now: ask anew before each. `refused` are those that a server has just turned down: a token is then
 * replaced, which a provider is asked for once however many ask at a time.
 *
 * @throws UserError where somebody has to authorise again; OperationalError where the provider is away.
 */
export type GetCredentials = (refused?: Credentials) => Promise<Credentials>;

/** A login as settings keep it: a sealed password, or the id of an authorisation. */
export interface StoredLogin {
  username: string;
  password?: string | undefined;
  authorisation?: string | undefined;
}

/** Where tokens come from. `user` is whom a delegated token acts for. */
export type GetToken = (
  authorisation: string,
  user: string,
  refused?: string,
) => Promise<{ token: string; expiresAt: number }>;

/** @throws UserError `login-incomplete` where a login has neither or both. */
export function assertOneLogin(login: Omit<StoredLogin, 'username'>, noun: string): void {
  const hasPassword = login.password !== undefined;
  if (hasPassword !== (login.authorisation !== undefined)) return;
  const message = hasPassword
    ? `The ${noun} names a password and an authorisation. Choose one of them.`
    : `The ${noun} has no way to sign in. Enter a password, or choose an authorisation.`;
  throw new UserError('login-incomplete', message, { status: 422 });
}

/** Opens what a login keeps, at the moment when it is needed. */
export function credentialsOf(
  login: StoredLogin,
  { open, token }: { open(sealed: string): string; token: GetToken },
): GetCredentials {
  const { username, password, authorisation } = login;
  return async (refused) => {
    assertOneLogin(login, 'connection');
    if (authorisation !== undefined) {
      const made = await token(authorisation, username, refused?.kind === 'token' ? refused.token : undefined);
      return { kind: 'token', username, ...made };
    }
    return { kind: 'password', username, password: open(password ?? '') };
  };
}

/** The same for a password in the clear, which somebody has just entered. */
export function withPassword(username: string, password: string): GetCredentials {
  return async () => ({ kind: 'password', username, password });
}
