import type { IncomingMessage } from 'node:http';
import { UserError } from '../../../schemas/errors.ts';
import { isLoopback } from '../../../schemas/loopback.ts';
import type { User } from '../../../schemas/settings.ts';
import type { Access } from '../access.ts';
import type { HttpOptions, Services } from '../services.ts';
import type { Attempts } from './attempts.ts';
import { createAttempts } from './attempts.ts';
import { adminTokenCaller, type Caller, tokenCallerId } from './caller.ts';
import { readSessionCookie, sessionCookie } from './cookies.ts';
import type { Passwords } from './passwords.ts';
import { createPasswords } from './passwords.ts';
import { refuseCrossSite } from './same-origin.ts';
import { hashToken, tokensMatch } from './secret-tokens.ts';
import type { CameBy, Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import { createSetUpCode } from './set-up-code.ts';
import { createSignInLog, type SignInLog } from './sign-in-log.ts';

/** No interface: those do not pass for a record of headers. */
type SessionHeaders = {
  'Set-Cookie': string;
};

/** Who may come in, and how. */
export interface Auth {
  /** The caller, checked against the access list; null only on public routes. Throws UserError 401 or 403. */
  admit(request: IncomingMessage, access: Access): Promise<Caller | null>;
  /** The caller as the request proves it, or null. Throws UserError `invalid-token` (401) for a bearer token that is not known. */
  identify(request: IncomingMessage): Promise<Caller | null>;
  /** Whoever has that email address, in whatever case. */
  userByEmail(email: string): User | undefined;
  /** Headers that open a new session for the user and end the one that the request came with, or that of the token given. */
  open(user: User, request: IncomingMessage, how?: { by: CameBy; former: string | undefined }): Promise<SessionHeaders>;
  /** Headers that end the session of the request, and how it had begun. */
  close(request: IncomingMessage): Promise<{ headers: SessionHeaders; by: CameBy | null }>;
  /** What the first administrator must enter; null on a server that only its own machine reaches. */
  readonly setUpCode: string | null;
  /** Whether cookies are for https alone. */
  readonly isSecure: boolean;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  /** Of sign-ins by providers: one that is away must not lock out who has a password. */
  readonly providerAttempts: Attempts;
  readonly sessions: Sessions;
  readonly signInLog: SignInLog;
}

type AuthServices = Pick<Services, 'store' | 'settings' | 'clock' | 'audit' | 'log'>;

export function createAuth(services: AuthServices, options: HttpOptions): Auth {
  const sessions = createSessions(services.store, services.clock);
  const signInLog = createSignInLog(services);
  const { publicUrl } = options;
  const reachable = !isLoopback(options.host) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname));
  const secure = publicUrl?.startsWith('https:') ?? false;

  function byToken(token: string): Caller {
    if (options.adminToken !== undefined && tokensMatch(token, options.adminToken)) {
      return adminTokenCaller;
    }
    const hash = hashToken(token);
    const known = services.settings.read().tokens.filter((candidate) => tokensMatch(candidate.hash, hash))[0];
    if (known === undefined) {
      throw new UserError('invalid-token', 'This bearer token is not known here; it may have been deleted.', {
        status: 401,
      });
    }
    return { id: tokenCallerId(known.id), name: known.name, email: '', role: known.role, by: 'token' };
  }

  async function bySession(token: string): Promise<Caller | null> {
    const id = await sessions.userOf(token);
    const user = services.settings.read().users.find((candidate) => candidate.id === id);
    return user === undefined || user.disabled
      ? null
      : { id: user.id, name: user.name, email: user.email, role: user.role, by: 'session' };
  }

  async function identify(request: IncomingMessage): Promise<Caller | null> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return byToken(bearer);
    const cookie = readSessionCookie(request.headers.cookie);
    return cookie === undefined ? null : bySession(cookie);
  }

  function userByEmail(email: string | null): User | undefined {
    const folded = email?.toLowerCase();
    return services.settings.read().users.find((candidate) => candidate.email.toLowerCase() === folded);
  }

  return {
    identify,
    userByEmail,
    sessions,
    signInLog,
    isSecure: secure,
    passwords: createPasswords(),
    attempts: createAttempts(services.clock, ({ whom, account, address }) => {
      const user = whom === 'account' ? userByEmail(account) : undefined;
      // Of an account that is none, its address is told of when that is stopped.
      if (whom === 'address' || user !== undefined) signInLog.lockedOut(user, address);
    }),
    providerAttempts: createAttempts(services.clock),
    setUpCode: reachable ? createSetUpCode() : null,

    async admit(request, access) {
      // Whoever asks for a public route with an outdated token gets what everybody gets.
      const caller = access === 'public' ? await identify(request).catch(() => null) : await identify(request);
      if (caller?.by !== 'token') refuseCrossSite(request, caller !== null, publicUrl);
      if (access === 'public') return caller;
      if (caller === null) {
        throw new UserError('not-logged-in', 'Log in first, or send a bearer token.', { status: 401 });
      }
      if (!access.includes(caller.role)) {
        const message = `Your role (${caller.role}) may not do this; ${access.join(', ')} may.`;
        throw new UserError('not-allowed', message, { status: 403 });
      }
      return caller;
    },

    async open(user, request, how) {
      const before = readSessionCookie(request.headers.cookie) ?? how?.former;
      if (before !== undefined) await sessions.end(before);
      const { token, maxAgeSeconds } = await sessions.start(user.id, how?.by);
      return { 'Set-Cookie': sessionCookie(token, maxAgeSeconds, secure) };
    },

    async close(request) {
      const token = readSessionCookie(request.headers.cookie);
      const by = token === undefined ? null : await sessions.end(token);
      return { headers: { 'Set-Cookie': sessionCookie('', 0, secure) }, by };
    },
  };
}
