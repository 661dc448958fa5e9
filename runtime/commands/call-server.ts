import { OperationalError, UserError } from '../../schemas/errors.ts';
import type { CommandIo } from './command.ts';

/** Options of every command that talks to a running server. */
export const serverOptions = {
  url: 'address of the server (default: SLUICE_URL, or this machine at SLUICE_PORT)',
  token: 'bearer token (default: SLUICE_TOKEN, then SLUICE_ADMIN_TOKEN)',
} as const;

/** A running server, as the options and the environment name it. */
export interface NamedServer {
  /** @throws OperationalError `server-away`. */
  call(method: 'GET' | 'POST', path: string, body?: object): Promise<Response>;
}

/** @throws UserError `token-missing`, `bad-address`. */
export function namedServer(options: Readonly<Record<string, string | undefined>>, io: CommandIo): NamedServer {
  const token = options.token ?? io.env.SLUICE_TOKEN ?? io.env.SLUICE_ADMIN_TOKEN;
  if (token === undefined) {
    throw new UserError('token-missing', 'a token is needed: set SLUICE_TOKEN, or make one under Settings, Tokens');
  }
  const base = options.url ?? io.env.SLUICE_URL ?? `http://127.0.0.1:${io.env.SLUICE_PORT ?? 3000}`;
  if (!URL.canParse('/', base)) {
    const message = `"${base}" is no address of a server; it should look like http://127.0.0.1:3000`;
    throw new UserError('bad-address', message);
  }
  return {
    async call(method, path, body) {
      const url = new URL(path, base);
      try {
        return await fetch(url, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.timeout(60_000),
        });
      } catch (cause) {
        throw new OperationalError('server-away', `No answer from ${url.origin}. Is Sluice running there?`, { cause });
      }
    },
  };
}
