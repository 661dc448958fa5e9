import type { IncomingMessage } from 'node:http';
import { UserError } from '../../../schemas/errors.ts';
import { isLoopback } from '../../../schemas/loopback.ts';
import type { User } from '../../../schemas/settings.ts';
import type { Access } from '../access.ts';
import type { HttpOptions, Services } from '../services.ts';
import type { Attempts } from './attempts.ts';
import { createAttempts } from './attempts.ts';
import type { Caller } from './caller.ts';
import { readSessionCookie, sessionCookie } from './cookies.ts';
import type { Passwords } from './passwords.ts';
import { createPasswords } from './passwords.ts';
import { refuseCrossSite } from './same-origin.ts';
import { hashToken, tokensMatch } from './secret-tokens.ts';
import type { Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';
import { createSetUpCode } from './set-up-code.ts';

/** Who may come in, and how. */
export interface Auth {
  /** The caller, checked against the access list; null only on public routes. Throws UserError 401 or 403. */
  admit(request: IncomingMessage, access: Access): Promise<Caller | null>;
  /** The caller as the request proves it, or null. Throws UserError `invalid-token` (401) for a bearer token that is not known. */
  identify(request: IncomingMessage): Promise<Caller | null>;
  /** Headers that open a new session for the user and end the one that the request came with. */
  open(user: User, request: IncomingMessage): Promise<Record<string, string>>;
  /** Headers that end the session of the request. */
  close(request: IncomingMessage): Promise<Record<string, string>>;
  /** What the first administrator must enter; null on a server that only its own machine reaches. */
  readonly setUpCode: string | null;
  readonly passwords: Passwords;
  readonly attempts: Attempts;
  readonly sessions: Sessions;
}

export function createAuth(services: Pick<Services, 'store' | 'settings' | 'clock'>, options: HttpOptions): Auth {
  const sessions = createSessions(services.store, services.clock);
  const { publicUrl } = options;
  const reachable = !isLoopback(options.host) || (publicUrl !== undefined && !isLoopback(new URL(publicUrl).hostname));
  const secure = publicUrl?.startsWith('https:') ?? false;

  function byToken(token: string): Caller {
    if (options.adminToken !== undefined && tokensMatch(token, options.adminToken)) {
      return { id: 'admin-token', name: 'Administration token', email: '', role: 'admin', by: 'token' };
    }
    const hash = hashToken(token);
    const known = services.settings.read().tokens.filter((candidate) => tokensMatch(candidate.hash, hash))[0];
    if (known === undefined) {
      throw new UserError('invalid-token', 'This bearer token is not known here; it may have been deleted.', {
        status: 401,
      });
    }
    return { id: `token-${known.id}`.slice(0, 64), name: known.name, email: '', role: known.role, by: 'token' };
  }

  async function bySession(token: string): Promise<Caller | null> {
    const id = await sessions.userOf(token);
    const user = services.settings.read().users.find((candidate) => candidate.id === id);
    return user === undefined
      ? null
      : { id: user.id, name: user.name, email: user.email, role: user.role, by: 'session' };
  }

  async function identify(request: IncomingMessage): Promise<Caller | null> {
    const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) return byToken(bearer);
    const cookie = readSessionCookie(request.headers.cookie);
    return cookie === undefined ? null : bySession(cookie);
  }

  return {
    identify,
    sessions,
    passwords: createPasswords(),
    attempts: createAttempts(services.clock),
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

    async open(user, request) {
      const before = readSessionCookie(request.headers.cookie);
      if (before !== undefined) await sessions.end(before);
      const { token, maxAgeSeconds } = await sessions.start(user.id);
      return { 'Set-Cookie': sessionCookie(token, maxAgeSeconds, secure) };
    },

    async close(request) {
      const token = readSessionCookie(request.headers.cookie);
      if (token !== undefined) await sessions.end(token);
      return { 'Set-Cookie': sessionCookie('', 0, secure) };
    },
  };
}
